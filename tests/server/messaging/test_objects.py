"""Tests of apitest_server.messaging.objects."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.invoke.current import current_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.connection import Note, OutgoingConnection
from apitest_server.messaging.means import Means
from apitest_server.messaging.objects import Channels, Objects, Technology
from apitest_server.messaging.user import User
from apitest_server.odb import StoredObject
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.driver import Driver


class Wire(User):
    """Notes when it starts and ends; ends when it may."""

    def __init__(self, name: str, noted: list[str]) -> None:
        super().__init__()
        self.name, self.noted = name, noted
        self.may_end = asyncio.Event()
        self.may_end.set()

    def start(self, after: asyncio.Event | None = None) -> None:
        waits = after is not None and not after.is_set()
        self.noted.append(f"{self.name} starts" + (" after another" if waits else ""))

    async def close(self, seconds: float) -> None:
        await self.may_end.wait()
        self.noted.append(f"{self.name} ends")


class Outside(OutgoingConnection):
    """A wire for services."""

    def __init__(self, name: str, noted: list[str], note: Note) -> None:
        super().__init__("Wire", name, note)
        self.wire = Wire(name, noted)

    def start(self, after: asyncio.Event | None = None) -> None:
        super().start(after)
        self.wire.start(after)

    async def close(self, seconds: float) -> None:
        await self.wire.close(seconds)


class Wires(Technology[Wire, Outside]):
    """A technology of its own."""

    def __init__(self, module: str = "json") -> None:
        driver = Driver("Wires", module, "wires", "wires")
        self.noted: list[str] = []
        means = Means(Pipeline(None), lambda: "one", 1.0, Path(), self.kept)  # type: ignore[arg-type] - calls nothing
        super().__init__("channel.wire", driver, Connections("outgoing wire"), means)

    def kept(self, number: int, direction: str, cid: str, data: object, about: str = "") -> None:
        self.noted.append(f"{number} {direction} {cid} {data!r} {about}")

    def channel(self, item: StoredObject) -> Wire:
        if item.fields.get("is_broken"):
            raise BadRequest("It is broken")
        return Wire(item.name, self.noted)

    def connection(self, item: StoredObject) -> Outside:
        return Outside(item.name, self.noted, self.note(item))


def item(number: int, name: str, kind: str = "channel.wire", **fields: object) -> StoredObject:
    return StoredObject(number, kind, name, fields, {}, str)


def run(test: Callable[[Wires, Objects], Awaitable[None]]) -> list[str]:
    """What was noted by then."""

    async def all_of_it() -> list[str]:
        wires = Wires()
        await test(wires, Objects(wires))
        await asyncio.sleep(0)
        await wires.close()
        return wires.noted

    return asyncio.run(all_of_it())


def test_all_start_with_the_server_and_channels_end_first() -> None:
    """What they have called may still want to send something."""

    async def test(wires: Wires, objects: Objects) -> None:
        objects.put(item(1, "out", "outgoing.wire"))
        objects.put(item(2, "in"))
        objects.put(item(3, "off", is_active=False))
        assert wires.noted == []
        wires.start()

    assert run(test) == ["in starts", "out starts", "in ends", "out ends"]


def test_one_that_changes_is_replaced() -> None:
    """The new one hears when the place of the old one is free."""

    async def test(wires: Wires, objects: Objects) -> None:
        wires.start()
        objects.put(item(1, "a"))
        objects.put(item(1, "b"))
        objects.put(item(2, "out", "outgoing.wire"))
        objects.put(item(2, "renamed", "outgoing.wire"))
        assert (wires.channels[1].name, list(wires.connections)) == ("b", ["renamed"])
        await asyncio.sleep(0)
        objects.remove(item(1, "b"))
        objects.put(item(2, "renamed", "outgoing.wire", is_active=False))
        assert (wires.channels, dict(wires.connections)) == ({}, {})

    noted = run(test)
    assert noted[:4] == ["a starts", "b starts after another", "out starts", "renamed starts after another"]
    assert sorted(noted[4:]) == ["a ends", "b ends", "out ends", "renamed ends"]


def test_one_that_cannot_be_made_any_longer_ends() -> None:
    """It is not there; nothing goes on that nobody could end."""

    async def test(wires: Wires, objects: Objects) -> None:
        wires.start()
        objects.put(item(1, "a"))
        with pytest.raises(BadRequest, match="It is broken"):
            objects.put(item(1, "a", is_broken=True))
        assert wires.channels == {}

    assert run(test) == ["a starts", "a ends"]


def test_a_server_that_ends_waits_for_what_is_still_ending() -> None:
    """And starts nothing any longer that comes at the last moment."""

    async def test(wires: Wires, objects: Objects) -> None:
        wires.start()
        objects.put(item(1, "slow"))
        await asyncio.sleep(0)
        slow = wires.channels[1]
        slow.may_end.clear()
        objects.put(item(1, "late"))
        ending = asyncio.create_task(wires.close())
        with wires.lock:  # As if the server had ended before the loop came to what was put
            wires._loop = None
        for _ in range(5):
            await asyncio.sleep(0)
        assert not ending.done()
        slow.may_end.set()
        await ending
        assert slow.gone.is_set()
        wires.channels.clear()

    assert run(test) == ["slow starts", "late ends", "slow ends"]


def test_a_server_that_ends_just_when_a_channel_has_ended() -> None:
    """It ends, too, although the channel still stands among those that are ending."""

    async def test(wires: Wires, objects: Objects) -> None:
        wires.start()
        objects.put(item(1, "a"))
        await asyncio.sleep(0)
        objects.remove(item(1, "a"))
        await asyncio.sleep(0)  # The task that ends it is made
        await asyncio.sleep(0)  # It has run
        (ending,) = wires._closing
        assert ending.done()
        await wires.close()

    assert run(test) == ["a starts", "a ends"]


def test_without_a_driver_what_is_active_is_refused() -> None:
    """The rest is not."""
    wires = Wires(module="no_such_module")
    objects = Objects(wires)
    objects.check(item(1, "a", is_active=False))
    objects.put(item(1, "a", is_active=False))
    with pytest.raises(ServiceUnavailable, match=r"pip install apitest\[wires\]"):
        objects.check(item(1, "a"))
    with pytest.raises(ServiceUnavailable, match=r"pip install apitest\[wires\]"):
        objects.put(item(1, "a"))
    assert wires.channels == {}


def test_channels_alone_have_no_driver() -> None:
    """Such as those of files: all can take effect."""

    class Bare(Channels[Wire]):
        def channel(self, item: StoredObject) -> Wire:
            return Wire(item.name, [])

    bare = Bare(1.0)
    objects = Objects(bare)
    objects.check(item(1, "a"))
    objects.put(item(1, "a"))
    assert bare.channels[1].name == "a"
    objects.remove(item(1, "a"))
    assert bare.channels == {}


def test_what_is_sent_is_noted_with_the_call_that_sends_it() -> None:
    """By the ID of the object; and brokers list it with the name of the server."""
    wires = Wires()
    Objects(wires).put(item(7, "out", "outgoing.wire"))
    token = current_cid.set("c1")
    try:
        wires.connections["out"].note(b"x", "there")
    finally:
        current_cid.reset(token)
    assert wires.noted == ["7 sent c1 b'x' there"]
    assert wires.client(item(7, "out", "outgoing.wire")) == "one: out"
