"""Tests of apitest_server.statistics.keeper."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from apitest_server.odb import ODB
from apitest_server.odb.models import ServiceStatistics
from apitest_server.statistics.bucket import restored
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import Keeper
from apitest_server.statistics.periods import PERIODS
from tests.server.statistics.calls import NOW, fill


def test_old_figures_are_deleted(tmp_path: Path) -> None:
    """Of each period as many are stored as are kept in memory; those of other servers are nobody's business."""
    odb = ODB("", tmp_path)
    odb.load()
    collector = Collector()
    fill(collector)
    Keeper(collector, odb, "another").save()
    keeper = Keeper(collector, odb, "one")
    fill(collector)
    keeper.save()
    assert of_now(odb, "one") == of_now(odb, "another") == {"minute", "hour", "day", "month", "year"}
    fill(collector, NOW + timedelta(days=500))
    keeper.save()
    assert of_now(odb, "one") == {"month", "year"}
    assert of_now(odb, "another") == {"minute", "hour", "day", "month", "year"}
    odb.close()


def of_now(odb: ODB, server: str) -> set[str]:
    """The periods of NOW that a server has stored something of."""
    rows = stored(odb, server)
    return {row.period for row in rows if row.number == PERIODS[row.period].number(NOW)}


def stored(odb: ODB, server: str) -> list[ServiceStatistics]:
    """The rows of a server."""
    with odb.reading() as session:
        return list(session.scalars(select(ServiceStatistics).where(ServiceStatistics.server == server)))


def test_an_odb_that_is_away_loses_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What could not be stored is stored later."""
    odb = ODB("", tmp_path)
    odb.load()
    collector = Collector()
    keeper = Keeper(collector, odb, "one")
    assert keeper.figures is collector
    fill(collector)
    odb.close()
    (tmp_path / "odb.sqlite").rename(tmp_path / "away")
    keeper.save()
    assert "Statistics cannot be stored" in caplog.text
    odb.close()
    (tmp_path / "odb.sqlite").unlink(missing_ok=True)
    (tmp_path / "away").rename(tmp_path / "odb.sqlite")
    keeper.save()
    assert len(stored(odb, "one")) == 15
    odb.close()


def test_figures_outlive_the_server(tmp_path: Path) -> None:
    """What was stored at the end is there when somebody asks for it, until it is forgotten."""
    odb = ODB("", tmp_path)
    odb.load()
    collector = Collector()
    keeper = Keeper(collector, odb, "one")
    keeper.start()
    fill(collector)
    keeper.close()
    again = Keeper(Collector(NOW.timestamp), odb, "one")
    assert again.figures.whole(NOW.replace(minute=0), NOW + timedelta(hours=1), "a.quick")["usage"] == 3
    assert sorted(again.forget()) == ["a.quick", "b.slow", "c.fails"]
    assert stored(odb, "one") == []
    odb.close()


def test_figures_are_stored_in_the_place_of_earlier_ones(odb_url: str, tmp_path: Path) -> None:
    """A row for each period on either database, with all calls so far, those from before a restart included."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    for calls in (3, 6):
        collector = Collector()
        keeper = Keeper(collector, odb, "one")
        fill(collector)
        keeper.save()
        rows = [row for row in stored(odb, "one") if row.service == "a.quick"]
        assert sorted(row.period for row in rows) == ["day", "hour", "minute", "month", "year"]
        assert {restored(row.figures).count for row in rows} == {calls}
    odb.close()
