"""Asks a running server whether it can take requests, and waits until it can."""

import json
import time
from pathlib import Path
from typing import NamedTuple

from apitest_server.cluster.calling import exchanged
from apitest_server.errors import NotRunning
from apitest_server.process.background import running
from apitest_server.process.lock import Running

PATH = "/zato/health/ready"
_TIMEOUT = 10.0  # seconds that an answer may take
_PAUSE = 0.1  # seconds until it is asked again


class Health(NamedTuple):
    """What a server answers.

    Attributes:
        address: the server's.
        is_ready: whether it can take requests.
        checks: what it looked at, each ``ok`` or ``failed``.
    """

    address: str
    is_ready: bool
    checks: dict[str, str]


def health(directory: Path, seconds: float) -> Health:
    """How the server of a directory is; once it is ready, or so many seconds have gone by.

    Raises:
        NotRunning: no server runs there, or it does not answer.
    """
    ends = time.monotonic() + seconds
    while True:
        is_last = time.monotonic() >= ends
        try:
            found = _asked(running(directory))
        except NotRunning:
            if is_last:
                raise
        else:
            if found.is_ready or is_last:
                return found
        time.sleep(_PAUSE)


def _asked(server: Running) -> Health:
    status, body = exchanged(server, "GET", PATH, _TIMEOUT)
    try:
        checks = json.loads(body).get("checks") or {}
        return Health(server.address, status == 200, {str(name): str(said) for name, said in checks.items()})
    except (ValueError, AttributeError) as error:
        fix = "Its log says more, server.log"
        raise NotRunning(f"The server does not answer: {error}", server.address, fix) from None
