"""Calls of three services, for tests of statistics."""

from datetime import UTC, datetime

from apitest_server.invoke.observed import Call
from apitest_server.service.messages import Channel, Request
from apitest_server.statistics.collector import Collector

NOW = datetime(2026, 7, 30, 13, 45, 30, tzinfo=UTC)
MILLISECONDS = {"a.quick": [1, 1, 1], "b.slow": [90], "c.fails": [5, 5]}


def fill(collector: Collector, moment: datetime = NOW) -> None:
    """Calls of three services at a moment, which is what the clock says from now on."""
    collector.clock = moment.timestamp
    for name, times in MILLISECONDS.items():
        for each in times:
            error = KeyError() if name == "c.fails" else None
            collector(Call(name, "cid", Channel(), Request(), None, error, each / 1000))
