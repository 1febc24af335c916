"""Files of services that are meant to stop a server: each is refused with its name, and the next one is deployed."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from tests.attempts import Attempts
from tests.security.outside import Outside, outside, responses, until

GOOD = "from zato.server.service import Service\nclass A(Service):\n    def handle(self):\n        return 'good'\n"
DERIVED = "from .base import A\nclass B(A):\n    pass\n"
CONF = "[services]\nimport_timeout = 0.5\n[rest]\n[[any]]\npath = /{service}\nservice = good.a\n"


def written(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, "utf-8")


FILES: dict[str, Callable[[Path], object]] = {
    "exits": written(f"import sys\n{GOOD}sys.exit(1)\n"),
    "interrupts": written(f"{GOOD}raise KeyboardInterrupt\n"),
    "own": written(f"{GOOD}class Own(BaseException): pass\nraise Own\n"),
    "hangs": written(f"{GOOD}import time\ntime.sleep(60)\n"),
    "loops": written(f"{GOOD}while True: pass\n"),
    "derived": written(f"{DERIVED}import sys\nsys.exit()\n"),
    "derived_hangs": written(f"{DERIVED}import time\ntime.sleep(60)\n"),
    "nothing_near": written("from .nowhere import A\nclass B(A):\n    pass\n"),
    "recursion": written("class A(" + "a." * 5000 + "b):\n    pass\n"),
    "nested": written("x = " + "(" * 10_000),
    "nul": written("x = 1\0\n"),
    "no_text": lambda path: path.write_bytes(b"# coding: utf-8\nx = '\xff'\n"),
    "odd_coding": written("# coding: rot13\nk = 1\n"),
    "large": written("#" * 5_000_000),
    "pipe": os.mkfifo,
    "socket": lambda path: os.mknod(path, 0o600 | stat.S_IFSOCK),
    "folder": lambda path: path.mkdir(),
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "random": lambda path: path.symlink_to("/dev/random"),
}
# Those that a start finds to be wrong; the others' services are known without importing them
AT_START = FILES.keys() - {"exits", "interrupts", "own", "hangs", "loops"}


def refused(server: Outside, name: str) -> bool:
    return f'"Refused {name}.py' in server.log


def is_good(server: Outside) -> bool:
    return responses(server.said(b"GET /any HTTP/1.1\r\n\r\n"))[0].status == 200


def test_hot_deployment_goes_on(tmp_path: Path, attempts: Attempts) -> None:
    """Another file is deployed after each of them."""
    with outside(tmp_path / "s", CONF, base=GOOD) as server:
        services = server.directory / "services"
        for number, (name, make) in enumerate(FILES.items()):
            make(services / f"{name}.py")
            until(lambda name=name: refused(server, name), f"{name} is refused")  # type: ignore[misc]  # the default
            (services / f"good{number}.py").write_text(GOOD)
            until(lambda n=number: f"Deployed good{n}.py" in server.log, f"after {name}")  # type: ignore[misc]  # likewise
            attempts.held(server.ping() == 200, name)
        (services / "good.py").write_text(GOOD)
        until(lambda: is_good(server), "services are called")


def test_a_server_starts_with_all_of_them(tmp_path: Path, attempts: Attempts) -> None:
    """And serves the services of the others."""
    directory = tmp_path / "s"
    (directory / "services").mkdir(parents=True)
    for name, make in FILES.items():
        make(directory / "services" / f"{name}.py")
    with outside(directory, CONF, base=GOOD, good=GOOD) as server:
        assert is_good(server)
        for name in FILES:
            attempts.held(refused(server, name) == (name in AT_START), name)
