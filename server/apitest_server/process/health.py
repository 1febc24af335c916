"""Asks a running server whether it can take requests, and waits until it can."""

import json
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from apitest_server.errors import NotRunning
from apitest_server.process.background import running

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
            found = _asked(running(directory).address)
        except NotRunning:
            if is_last:
                raise
        else:
            if found.is_ready or is_last:
                return found
        time.sleep(_PAUSE)


def _asked(address: str) -> Health:
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", PATH)
        response = connection.getresponse()
        checks = json.loads(response.read()).get("checks") or {}
        return Health(address, response.status == 200, {str(name): str(said) for name, said in checks.items()})
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        raise NotRunning(f"The server does not answer: {error}", address, "Its log says more, server.log") from None
    finally:
        connection.close()
