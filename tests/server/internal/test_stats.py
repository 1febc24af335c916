"""Tests of apitest_server.internal.stats."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apitest_server.statistics.keeper import KEEPER
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused
from tests.server.statistics.calls import NOW, fill


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with figures that no test changes."""
    with counted(tmp_path_factory.mktemp("server")) as client:
        yield client


@contextmanager
def counted(directory: Path) -> Iterator[Client]:
    """A server whose clock stands still, with calls today and the same calls a month ago."""
    with served(directory) as client:
        client.app.invoker.observers.clear()
        collector = client.app.components[KEEPER].figures
        fill(collector, NOW - timedelta(days=30))
        fill(collector)
        yield client


def test_figures_by_period(client: Client) -> None:
    """Of all services, or of one."""
    payload = {"period": "month", "start": "2026-01-01", "stop": "2026-12-31"}
    rows = call(client, "zato.stats.get-by-period", payload)
    assert [(row["start"][:7], row["usage"]) for row in rows] == [("2026-06", 6), ("2026-07", 6)]
    [row] = call(client, "zato.stats.get-by-period", {"period": "hour", "service": "b.slow"})
    assert (row["start"], row["usage"], row["mean"]) == ("2026-07-30T13:00:00+00:00", 1, 90.0)


def test_figures_by_service(client: Client) -> None:
    """Of the last hour, or of any stretch of time."""
    rows = call(client, "zato.stats.get-by-service")
    assert [(row["service"], row["usage"], row["errors"]) for row in rows] == [
        ("a.quick", 3, 0),
        ("b.slow", 1, 0),
        ("c.fails", 2, 2),
    ]
    rows = call(client, "zato.stats.get-by-service", {"start": "2026-06-01", "stop": "2026-07-31"})
    assert [row["usage"] for row in rows] == [6, 2, 4]


def test_a_summary_is_of_everything(client: Client) -> None:
    """Or of one service."""
    found = call(client, "zato.stats.get-summary")
    assert (found["usage"], found["errors"], found["total_time"], found["max"]) == (6, 2, 103.0, 90.0)
    assert call(client, "zato.stats.get-summary", {"service": "a.quick"})["mean"] == 1.0


@pytest.mark.parametrize(
    ("period", "start", "usage"),
    [
        ("hour", "2026-07-30T13:00:00+00:00", 3),
        ("day", "2026-07-30T00:00:00+00:00", 3),
        ("week", "2026-07-27T00:00:00+00:00", 3),
        ("month", "2026-07-01T00:00:00+00:00", 3),
        ("year", "2026-01-01T00:00:00+00:00", 6),
    ],
)
def test_summaries_of_periods(client: Client, period: str, start: str, usage: int) -> None:
    """The present one, or that of a date."""
    row = call(client, f"zato.stats.summary.get-by-{period}")[0]
    assert (row["service"], row["start"], row["usage"]) == ("a.quick", start, usage)
    assert call(client, f"zato.stats.summary.get-by-{period}", {"date": "2025-01-01"}) == []
    assert refused(client, f"zato.stats.summary.get-by-{period}", {"date": "x"})[0] == 400


@pytest.mark.parametrize("period", ["day", "week", "month", "year"])
def test_summaries_by_the_fields_that_older_clients_send(client: Client, period: str) -> None:
    """The period that `start` belongs to, unless there is a `date`, and the `n` services that were called most."""
    service = f"zato.stats.summary.get-summary-by-{period}"
    assert call(client, service, {"start": "2020-01-01T00:00:00"}) == []
    assert call(client, service, {"start": "2026-07-30T00:00:01"}) == call(client, service)
    assert call(client, service, {"start": "2020-01-01", "date": "2026-07-30"}) == call(client, service)
    rows = call(client, service, {"n": 2})
    assert [row["service"] for row in rows] == ["a.quick", "c.fails"]


def test_a_summary_of_a_range_has_as_many_services_as_are_asked_for(client: Client) -> None:
    """Those that were called most."""
    rows = call(client, "zato.stats.summary.get-summary-by-range", {"start": "2026-07-30", "n": 2})
    assert [row["service"] for row in rows] == ["a.quick", "c.fails"]


@pytest.mark.parametrize("period", ["day", "week", "month", "year", "range"])
@pytest.mark.parametrize(
    ("payload", "details"),
    [
        ({"start": "bad"}, "`start` must be a date and time"),
        ({"start": "2026-01-01", "n": -1}, "`n` must be a whole number from 1 to 1000"),
        ({"start": "2026-01-01", "n": "x"}, "`n` must be an integer"),
    ],
)
def test_a_summary_refuses_what_makes_no_sense(client: Client, period: str, payload: Any, details: str) -> None:
    """With what is wrong."""
    status, found = refused(client, f"zato.stats.summary.get-summary-by-{period}", payload)
    assert (status, details in found) == (400, True), found


@pytest.mark.parametrize(
    ("trend", "services"),
    [
        ("usage", ["a.quick", "c.fails", "b.slow"]),
        ("time", ["b.slow", "c.fails", "a.quick"]),
        ("mean", ["b.slow", "c.fails", "a.quick"]),
        ("errors", ["c.fails"]),
    ],
)
def test_trends(client: Client, trend: str, services: list[str]) -> None:
    """The services that are first by usage, time, mean and errors."""
    rows = call(client, f"zato.stats.trends.get-by-{trend}")
    assert [row["service"] for row in rows] == services
    assert [row["service"] for row in call(client, f"zato.stats.trends.get-by-{trend}", {"n": 1})] == services[:1]
    assert refused(client, f"zato.stats.trends.get-by-{trend}", {"n": 0})[0] == 400


def test_statistics_can_be_deleted(tmp_path: Path) -> None:
    """Of one service, or of all."""
    with counted(tmp_path) as client:
        assert call(client, "zato.stats.delete", {"service_name": "a.quick"}) == {"services": ["a.quick"]}
        assert call(client, "zato.stats.delete") == {"services": ["b.slow", "c.fails"]}
        assert call(client, "zato.stats.get-by-service") == []


def test_statistics_of_a_stretch_of_time_can_be_deleted(tmp_path: Path) -> None:
    """Those before it and after it stay, and the periods that it is a part of."""
    with counted(tmp_path) as client:
        before = call(client, "zato.stats.get-by-service")
        assert call(client, "zato.stats.delete", {"stop": "2001-01-01"}) == {"services": []}
        assert call(client, "zato.stats.delete", {"start": "2001-01-01", "stop": "2001-02-01"}) == {"services": []}
        assert call(client, "zato.stats.get-by-service") == before
        now = {"start": "2001-01-01", "stop": "2999-01-01"}
        assert call(client, "zato.stats.delete", {**now, "service": "a.quick"}) == {"services": ["a.quick"]}
        assert [row["service"] for row in call(client, "zato.stats.get-by-service")] == ["b.slow", "c.fails"]
        assert call(client, "zato.stats.delete", now) == {"services": ["b.slow", "c.fails"]}
        assert call(client, "zato.stats.get-by-service") == []


def test_the_figures_of_one_service(client: Client) -> None:
    """Where one is asked for, without the others."""
    rows = call(client, "zato.stats.get-by-service", {"service": "b.slow"})
    assert [row["service"] for row in rows] == ["b.slow"]
    assert call(client, "zato.stats.get-by-service", {"service": "b.nope"}) == []
    assert call(client, "zato.stats.get-by-service", {"service_name": "b.slow"}) == rows
    assert call(client, "zato.stats.get-summary", {"service_name": "b.slow"})["usage"] == rows[0]["usage"]


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("get-by-period", {}, 400, "`period` is required"),
        ("get-by-period", {"period": "decade"}, 400, "`period` must be one of"),
        ("get-by-service", {"start": "2026-01-02", "stop": "2026-01-01"}, 400, "`start` must be before `stop`"),
        ("get-summary", {"start": "soon"}, 400, "`start` must be a date and time"),
        ("get-summary", {"stop": "0001-01-01"}, 400, "`stop` must be a date and time of the years 1900 to 2999"),
        ("summary.get-summary-by-year", {"date": "9999-12-31"}, 400, "of the years 1900 to 2999"),
        ("aggregate-by-day", {"date": "9999-12-31"}, 400, "of the years 1900 to 2999"),
        ("delete", {"start": "9999-12-31"}, 400, "of the years 1900 to 2999"),
        ("delete", {"service": "a.nope"}, 404, "There are no statistics of `a.nope`"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, service: str, payload: Any, status: int, details: str) -> None:
    """With what is wrong."""
    found = refused(client, f"zato.stats.{service}", payload)
    assert found[0] == status
    assert details in found[1]


def test_real_calls_are_counted(tmp_path: Path, odb_url: str) -> None:
    """Those over HTTP and those of other services, also after a restart."""
    for count in (2, 3):
        with served(tmp_path, f"[odb]\nurl = {odb_url}\n") as client:
            client.get("/zato/ping")
            if count == 2:
                call(client, "zato.ping")
            rows = {row["service"]: row["usage"] for row in call(client, "zato.stats.get-by-service")}
            assert rows["zato.ping"] == count


def test_what_was_deleted_does_not_come_back(tmp_path: Path, odb_url: str) -> None:
    """Not with a restart, either."""
    conf = f"[odb]\nurl = {odb_url}\n"
    with served(tmp_path, conf) as client:
        call(client, "zato.ping")
        client.app.components[KEEPER].save()
        call(client, "zato.stats.delete", {"service": "zato.ping"})
        call(client, "zato.service.get-list")
        client.app.components[KEEPER].save()
        call(client, "zato.stats.delete", {"service": "zato.service.get-list", "start": "2001-01-01"})
    with served(tmp_path, conf) as client:
        names = [row["service"] for row in call(client, "zato.stats.get-by-service")]
        assert not {"zato.ping", "zato.service.get-list"} & set(names)
