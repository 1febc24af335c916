"""``python -m tests.acceptance [OPTIONS]``: the features against live servers and databases, then the samples."""

import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

from apitest.errors import ApitestError
from tests.acceptance import runs, samples, services
from tests.services.installation import Unavailable
from tests.signals import let_children_hear_signals

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "features"
UNAVAILABLE = 69


def main(options: list[str]) -> int:
    """Runs all of it; 0 if everything passed, 69 if a database is missing that must not be."""
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, _leave)
    let_children_hear_signals()
    environment = dict(os.environ)
    with ExitStack() as stack:
        try:
            missing = services.start(services.tags_of(FEATURES), environment, stack)
        except Unavailable as reason:
            print(f"The features cannot be run: {reason}", file=sys.stderr)
            return UNAVAILABLE
        found = [
            f"features: {problem}" for problem in runs.run(["features", *options], environment, may_skip=bool(missing))
        ]
        try:
            found += samples.run(environment)
        except ApitestError as error:
            found.append(f"samples: {error}")
    for problem in found:
        print(f"tests.acceptance: {problem}", file=sys.stderr)
    return 1 if found else 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
