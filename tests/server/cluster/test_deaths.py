"""Two servers of one ODB, each a process: one is killed, the database goes away and returns."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.server.cluster.pair import Pair, running
from tests.server.cluster.waiting import until
from tests.server.conftest import new_database
from tests.services.postgresql import PostgreSQL

pytestmark = pytest.mark.live


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    for url in [""] if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql_url")):
        with running(tmp_path, url) as made:
            yield made
            for member in made.members:
                member.kill()  # Their jobs would keep them for a while


def names(rows: list[dict[str, object]]) -> list[object]:
    return [row["name"] for row in rows]


def test_a_server_that_is_killed_is_noticed_and_found_again(pair: Pair) -> None:
    """Its jobs are the other one's, also one that it was in the middle of; what was changed meanwhile it knows."""
    one, two = pair.one, pair.two
    start = datetime.now(UTC).isoformat()
    job = {"service": "test.stay", "job_type": "interval_based", "seconds": 1, "start_date": start}
    one.call("zato.scheduler.job.create", {"name": "staying", **job})
    stayed = [member.directory / "stayed" for member in pair.members]
    until(lambda: any(path.exists() for path in stayed))
    killed, left = (one, two) if stayed[0].exists() else (two, one)
    killed.kill()
    until(lambda: names(left.call("zato.server.get-list")) == [left.name])
    until((left.directory / "stayed").exists)
    left.call("zato.cache.builtin.create", {"name": "meanwhile"})
    killed.process.start()
    pair.meet()
    assert "meanwhile" in names(killed.call("zato.cache.builtin.get-statistics"))
    left.call("zato.cache.builtin.create", {"name": "after"})
    until(lambda: "after" in names(killed.call("zato.cache.builtin.get-statistics")))


@pytest.mark.postgresql
def test_a_database_that_is_started_anew_is_used_again(tmp_path: Path) -> None:
    """By both; what one of them changes takes effect on the other as before."""
    database = PostgreSQL()
    try:
        with running(tmp_path, database.url) as pair:
            one, two = pair.one, pair.two
            database.restart()
            until(lambda: isinstance(one.call("zato.cache.builtin.create", {"name": "after"}), dict))
            until(lambda: "after" in names(two.call("zato.cache.builtin.get-statistics")))
            pair.meet()
    finally:
        database.stop()
