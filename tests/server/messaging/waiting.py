"""Waiting for what becomes of messages, beside a server in the test's process."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.server.asgi import Client

LONGEST = 90.0  # seconds that anything may take


def until(client: Client, holds: Callable[[], Any]) -> Any:
    """What a function returns, once that is true; meanwhile the server works."""
    ends = time.monotonic() + LONGEST
    while not (found := holds()):
        assert time.monotonic() < ends
        client.runner.run(asyncio.sleep(0.02))
    return found


def kept(client: Client, count: int = 1) -> Any:
    """What has called the service ``keep``, as the service ``kept`` tells, once there is so much."""

    def found() -> Any:
        rows = client.result("kept")["kept"]
        return rows if len(rows) >= count else None

    return until(client, found)
