"""``python -m tests.services run [--only NAME,NAME] -- COMMAND``: a command with services around it."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import NoReturn

from tests.services.all import SERVICES
from tests.services.installation import Unavailable, required


def main(arguments: Sequence[str]) -> int:
    """Start the services, run the command, stop them; its exit status, or 69 where one is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.services", description=__doc__)
    parser.add_argument("action", choices=["run"])
    parser.add_argument("--only", default=",".join(SERVICES), help="some of " + ",".join(SERVICES))
    parser.usage = f"{parser.prog} run [--only NAME,NAME] -- COMMAND"
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given, command = parser.parse_args(arguments[:end]), arguments[end + 1 :]
    unknown = set(given.only.split(",")) - set(SERVICES)
    if unknown or not command:
        parser.error(f"unknown service {min(unknown)}" if unknown else "no COMMAND after --")
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as stack:
        environment = dict(os.environ)
        for name in given.only.split(","):
            try:
                environment |= _start(name, stack)
            except Unavailable as reason:
                print(f"tests.services: {name} is not started: {reason}", file=sys.stderr)
                if required():
                    return 69
        return _run(command, environment)


def _start(name: str, stack: ExitStack) -> dict[str, str]:
    service = SERVICES[name]()
    stack.callback(service.stop)
    return service.environment()


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environment) as process:
        try:
            return process.wait()
        except BaseException:  # Ctrl-C reaches the command too: let it end in its own way before its services do
            process.terminate()
            raise


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
