"""Tests of apitest_server.messaging.channel."""

import asyncio
import logging
from pathlib import Path

import pytest

from apitest_server.invoke.invoker import INVOKER
from apitest_server.invoke.pipeline import Pipeline, Route
from apitest_server.messaging.channel import Channel
from apitest_server.messaging.delivery import HANDLED, RETRIED, SKIPPED, Terms
from tests.server.asgi import served
from tests.server.messaging.test_delivery import Letter

logger = logging.getLogger("apitest.letters")


class Box(Channel):
    """A channel of a technology of its own."""

    def start(self, after: asyncio.Event | None = None) -> None:
        """It is given its messages."""

    async def close(self, seconds: float) -> None:
        """Nothing is under way."""


def test_what_became_of_messages_is_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One that is skipped has a line of its own, with the call's ID; another has none."""
    with served(tmp_path) as client:
        pipeline = Pipeline(client.app.components[INVOKER])
        box = Box("Letter", Terms("orders", "", "box"), pipeline, logger)
        good, bad = (Letter(Route(service, "orders", "letter")) for service in ("zato.ping", "none"))
        outcomes = [client.runner.run(box.answered(each, "a letter is lost")) for each in (good, bad)]
    assert [outcome.verdict for outcome in outcomes] == [HANDLED, SKIPPED]
    assert box.counts == {HANDLED: 1, SKIPPED: 1, RETRIED: 0}
    [line] = [record.getMessage() for record in caplog.records if record.name == logger.name]
    assert line == f"Letter channel `orders`: a letter is lost: {outcomes[1].problem}"
    assert outcomes[1].problem
