"""Tests of apitest_server.kafka.link."""

import asyncio
import logging
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException, Producer

from apitest_server.invoke.backoff import Backoff
from apitest_server.kafka import link
from apitest_server.kafka.link import Link
from apitest_server.kafka.outgoing import Sender
from apitest_server.kafka.place import Place
from tests.server.kafka.brokers import Topics
from tests.server.messaging.waiting import LONGEST


def until(holds: Callable[[], Any]) -> None:
    end = monotonic() + LONGEST
    while not holds():
        assert monotonic() < end
        sleep(0.01)


def test_a_client_that_cannot_be_made_is_made_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has one line for that, with the driver's words."""
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.01, 1, 0.01))
    tries: list[int] = []

    class Refused(Sender):
        def made(self, settings: dict[str, object]) -> Producer:
            tries.append(1)
            raise KafkaException(KafkaError(KafkaError._INVALID_ARG, "no such thing"))

    one = Link(Place("h:1"), "Outgoing Kafka connection `x`", "me", Refused(), {})
    one.start()
    until(lambda: len(tries) > 3)
    asyncio.run(one.close(LONGEST))
    assert [record.getMessage().split(";")[0] for record in caplog.records] == [
        "Outgoing Kafka connection `x` is not connected to kafka://h:1: no such thing"
    ]


def test_what_fails_here_is_logged_with_its_traceback(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the connection is made anew."""
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.01, 1, 0.01))
    made: list[Producer] = []

    class Broken(Sender):
        def made(self, settings: dict[str, object]) -> Producer:
            made.append(super().made(settings))
            return made[-1]

        def turn(self, client: Producer) -> None:
            raise ZeroDivisionError

    monkeypatch.setattr(link, "PROBE", 0.01)
    one = Link(Place("127.0.0.1:1"), "x", "me", Broken(), {})
    one.start()
    until(lambda: len(made) > 1)
    asyncio.run(one.close(LONGEST))
    assert caplog.records[0].exc_info and "x failed; it is tried again" in caplog.text


def test_a_link_that_was_never_started_ends_at_once() -> None:
    """There is nothing to wait for."""
    one = Link(Place("h:1"), "x", "me", Sender(), {})
    asyncio.run(one.close(LONGEST))
    assert one.leaving.is_set() and not one.is_open


@pytest.mark.kafka
def test_a_client_that_is_beyond_repair_is_made_anew(topics: Topics, caplog: pytest.LogCaptureFixture) -> None:
    """The driver says so of a producer that other ones have pushed aside; whether it is connected is found anew."""
    caplog.set_level(logging.INFO)
    one = Link(Place(topics.plain["address"]), "x", "me", Sender(), {"enable.idempotence": True})
    one.start()
    until(lambda: one.is_open)
    first = one.client.result()
    one._hear(KafkaError(KafkaError._FATAL, "fenced", fatal=True))
    until(lambda: one.is_open and one.client.done() and one.client.result() is not first)
    asyncio.run(one.close(LONGEST))
    assert (one.failure, one.is_open) == ("fenced", False)
    assert caplog.text.count("x is connected to kafka://") == 1
