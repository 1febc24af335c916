from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apitest_server.odb import ODB
from apitest_server.odb.models import Object
from apitest_server.scheduler.states import States

MOMENT = datetime(2030, 5, 1, 12, tzinfo=UTC)
NEVER = (None, 0)


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """An ODB with one job, number 1."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    with odb.writing() as session:
        session.add(Object(id=1, kind="scheduler.job", name="a", space="", search="", fields={}, secrets={}))
    yield odb
    odb.close()


def test_a_run_is_claimed_once(odb: ODB) -> None:
    """Of two servers that know the same, the second is told what the first has written down."""
    one, two = States(odb), States(odb)
    assert one.claim(1, NEVER, (MOMENT, 1)) == (True, (MOMENT, 1))
    assert two.claim(1, NEVER, (MOMENT, 1)) == (False, (MOMENT, 1))
    assert two.claim(1, (MOMENT, 1), (MOMENT, 2)) == (True, (MOMENT, 2))
    assert one.read() == {1: (MOMENT, 2)}


def test_a_job_that_is_gone_is_not_run(odb: ODB) -> None:
    """Another server has deleted it."""
    assert States(odb).claim(2, NEVER, (MOMENT, 1)) == (False, None)
    assert States(odb).read() == {}


def test_a_job_can_begin_anew(odb: ODB) -> None:
    """Its runs are forgotten."""
    states = States(odb)
    states.claim(1, NEVER, (MOMENT, 1))
    states.reset(1)
    assert states.read() == {}
    assert states.claim(1, NEVER, (MOMENT, 1))[0]
