"""Tests of apitest_server.messaging.connection."""

import asyncio

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.messaging.connection import OutgoingConnection


class Wire(OutgoingConnection):
    """A connection of a technology of its own."""

    async def close(self, seconds: float) -> None:
        """Nothing is under way."""


async def answered() -> str:
    return "yes"


def test_it_can_be_used_once_the_server_has_started() -> None:
    """From threads, and from the event loop, where the result has to be awaited."""

    async def test() -> None:
        wire = Wire("Wire", "CRM")
        assert wire.title == "Outgoing Wire connection `CRM`"
        with pytest.raises(ServiceUnavailable, match="`CRM` is not connected: the server is starting or stopping"):
            wire.done(answered(), 1)
        wire.start()
        assert await wire.done(answered(), 30) == "yes"  # type: ignore[misc]
        assert await asyncio.to_thread(lambda: wire.done(answered(), 30)) == "yes"

    asyncio.run(test())


def test_notes_are_optional() -> None:
    """Where nobody asks for them nothing is kept."""
    noted: list[tuple[bytes, str]] = []
    Wire("Wire", "CRM").note(b"x", "there")
    Wire("Wire", "CRM", lambda body, where: noted.append((body, where))).note(b"x", "there")
    assert noted == [(b"x", "there")]
