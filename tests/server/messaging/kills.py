"""A broker that is killed while messages are sent and consumed: the load, and what the log has to say of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from apitest_server.errors import BrokerError, HTTPError
from tests.server.asgi import Client
from tests.server.messaging.waiting import LONGEST

KILLS = 2
_SENDERS = 8
SERVICES = """
from zato.server.service import Service
from tests.server.messaging.kills import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.got.append(self.request.payload)
"""


class Shared:
    """What the service of the channel has got."""

    got: list[str]


class Load:
    """Messages that are sent one after the other by several senders.

    Attributes:
        confirmed: what the broker has confirmed.
        failed: how many were not.
    """

    def __init__(self, client: Client, send: Callable[[str], Awaitable[object]]) -> None:
        """Begins; ``send`` returns when the broker has confirmed."""
        self.confirmed: list[str] = []
        self.failed = 0
        self._client = client
        self._send = send
        self._is_over = False
        Shared.got = []
        self._senders = client.runner.run(self._begun())

    def end(self) -> None:
        """What is under way is ended."""
        self._is_over = True
        self._client.runner.run(self._ended())

    def has_come(self) -> bool:
        """Whether all that was confirmed has called the service."""
        return set(self.confirmed) <= set(Shared.got)

    async def _begun(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._sender(number)) for number in range(_SENDERS)]

    async def _sender(self, number: int) -> None:
        count = 0
        while not self._is_over:
            text = f"{number}.{count}"
            count += 1
            try:
                await self._send(text)
            except (HTTPError, BrokerError):
                self.failed += 1
                await asyncio.sleep(0.01)
            else:
                self.confirmed.append(text)

    async def _ended(self) -> None:
        async with asyncio.timeout(LONGEST):
            await asyncio.gather(*self._senders)


def told(caplog: pytest.LogCaptureFixture, logger: str, titles: Sequence[str]) -> None:
    """Each has told of each loss, and of each return, at most once."""
    said = [record.getMessage() for record in caplog.records if record.name == logger]
    for title in titles:
        about = [line for line in said if line.startswith(title)]
        assert 1 <= len([line for line in about if "is not connected" in line]) <= KILLS
        assert 2 <= len([line for line in about if "is connected" in line]) <= KILLS + 1
        assert len(about) <= 2 * KILLS + 1
