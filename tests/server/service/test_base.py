"""Tests of apitest_server.service.base; what a server makes of services is in tests/server/invoke."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apitest_server.components import Components
from apitest_server.errors import ComponentMissing
from apitest_server.service.base import CACHE, OUT, PATTERNS, PUBSUB, Service, Time, handlers, is_concrete


class Host:
    """A server that notes what services ask it for."""

    name = "here"

    def __init__(self) -> None:
        self.components = Components()
        self.asked: list[tuple[object, ...]] = []

    def invoke(self, name: str, payload: object, caller: Service | None = None) -> Any:
        self.asked.append(("invoke", name, payload, caller))
        return "response"

    def invoke_async(self, name: str, payload: object, caller: Service | None = None) -> str:
        self.asked.append(("invoke_async", name, payload, caller))
        return "cid"


class Both(Service):
    """Has a handler for each of two methods."""

    def handle_GET(self) -> None: ...
    def handle_POST(self) -> None: ...


class Plain(Service):
    """Has the one for all."""

    def handle(self) -> None: ...


def test_handlers_are_found_by_their_names() -> None:
    """A class that neither it nor a base of it says what to do is not deployed."""
    assert handlers(Both) == {"GET": "handle_GET", "POST": "handle_POST"}
    assert handlers(Plain) == {}
    assert [is_concrete(cls) for cls in (Service, Both, Plain, type("Derived", (Plain,), {}))] == [
        False,
        True,
        True,
        True,
    ]
    with pytest.raises(NotImplementedError, match="Both has no handle method"):
        Both().handle()


def test_a_service_asks_its_server() -> None:
    """Other services, caches, connections and patterns; what no room has made is an error that says so."""
    service, host = Plain(), Host()
    service.server = host
    assert service.invoke("a", 1) == "response"
    assert service.invoke_async("b") == "cid"
    assert host.asked == [("invoke", "a", 1, service), ("invoke_async", "b", None, service)]
    for name, key in (
        ("cache", "cache"),
        ("out", "out"),
        ("outgoing", "out"),
        ("patterns", "patterns"),
        ("pubsub", "pubsub"),
    ):
        with pytest.raises(ComponentMissing, match=f"no component `{key}`"):
            getattr(service, name)
    made: Any = object()
    host.components[CACHE] = host.components[OUT] = made
    host.components[PATTERNS] = lambda caller: caller  # type: ignore[assignment,return-value]  # only who calls counts
    host.components[PUBSUB] = lambda caller: caller  # type: ignore[assignment,return-value]  # the same
    assert service.cache is service.out is service.outgoing is made
    assert service.patterns is service.pubsub is service


def test_clocks() -> None:
    """The time in the server's zone, in UTC, as text, and as seconds."""
    for moment in (Time.now(), Time.utc_now(), datetime.fromisoformat(Time.utc_now(True))):
        assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
        assert moment.tzinfo is not None
    assert abs(datetime.now(UTC).timestamp() - Time.time()) < 60
