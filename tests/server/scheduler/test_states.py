from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from apitest_server.odb.models import Object
from apitest_server.scheduler.jobs import schedule_of
from apitest_server.scheduler.states import NEVER, Answer, Claim, State, States

MOMENT = datetime(2030, 5, 1, 12, tzinfo=UTC)
SCHEDULE = schedule_of({})


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """An ODB with one job, number 1."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    with odb.writing() as session:
        session.add(Object(id=1, kind="scheduler.job", name="a", space="", search="", fields={}, secrets={}))
    yield odb
    odb.close()


def claim(before: State, runs: int, job: int = 1, may_overlap: bool = False, schedule: str = SCHEDULE) -> Claim:
    return Claim(job, schedule, before, (MOMENT, runs), may_overlap)


def test_a_run_is_claimed_once(odb: ODB) -> None:
    """Of two servers that know the same, the second is told what the first has written down."""
    one, two = States(odb), States(odb)
    assert one.claim(claim(NEVER, 1)) == Answer("run", (MOMENT, 1))
    assert two.claim(claim(NEVER, 1)) == Answer("done", (MOMENT, 1))
    assert two.claim(claim((MOMENT, 1), 2)) == Answer("run", (MOMENT, 2))
    assert one.read() == {1: (MOMENT, 2)}


def test_a_job_that_is_gone_is_not_run(odb: ODB) -> None:
    """Another server has deleted it, or has given it other times."""
    states = States(odb)
    assert states.claim(claim(NEVER, 1, job=2)) == Answer("gone")
    assert states.claim(claim(NEVER, 1, schedule=schedule_of({"hours": 7}))) == Answer("gone")
    assert states.read() == {}


def test_a_job_can_begin_anew(odb: ODB) -> None:
    """Its runs are forgotten; those by its new times stay, whoever hears of them later."""
    states = States(odb)
    states.claim(claim(NEVER, 1))
    states.reset(1, SCHEDULE)
    assert states.read() == {1: (MOMENT, 1)}
    states.reset(1, "other")
    assert states.read() == {1: NEVER}
    assert states.claim(claim(NEVER, 1)).verdict == "run"


def test_a_job_runs_on_one_server_at_a_time(odb: ODB) -> None:
    """Until it has ended there, or that server has; unless it may overlap."""
    buses = [Bus(odb, name, f"http://{name}") for name in ("one", "two")]
    one, two = [States(odb, bus) for bus in buses]
    assert one.claim(claim(NEVER, 1)).verdict == "run"
    assert two.claim(claim((MOMENT, 1), 2)) == Answer("busy", (MOMENT, 1))
    two.finish([1])
    assert two.claim(claim((MOMENT, 1), 2)).verdict == "busy"
    assert two.claim(claim((MOMENT, 1), 2, may_overlap=True)).verdict == "run"
    assert one.claim(claim((MOMENT, 2), 3)).verdict == "run"
    one.finish([1])
    assert two.claim(claim((MOMENT, 3), 4)).verdict == "run"
    with closing(Driver(odb.where)) as driver:
        driver.execute("DELETE FROM server_runs WHERE id = ?", buses[1].run_id)
    assert one.claim(claim((MOMENT, 4), 5)).verdict == "run"
