"""Tests of apitest_server.sso.quotas."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOQuota
from apitest_server.sso import quotas
from apitest_server.sso.quotas import HOUR, Quota


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def odb(odb_url: str, tmp_path: Path) -> Iterator[ODB]:
    """With its schema."""
    odb = ODB(odb_url, tmp_path)
    odb.load()
    yield odb
    odb.close()


def quota(odb: ODB, clock: Clock, times: int = 2, what: str = "sign-ups") -> Quota:
    return Quota(odb, what, times, lambda text: text, clock)


def test_so_many_times_in_an_hour(odb: ODB) -> None:
    """By caller; who is refused learns when to come again."""
    clock = Clock()
    taken = quota(odb, clock)
    assert [taken.take("a"), taken.take("b")] == [0, 0]
    clock.now += 600
    assert [taken.take("a"), taken.take("a"), taken.take("b"), taken.take("b")] == [0, HOUR - 600, 0, HOUR - 600]
    clock.now += HOUR - 600
    assert [taken.take("a"), taken.take("a"), taken.take("a")] == [0, 0, HOUR]


def test_each_thing_is_counted_by_itself(odb: ODB) -> None:
    """Who has signed up may still ask for a password."""
    clock = Clock()
    assert [quota(odb, clock, 1, what).take("a") for what in ("sign-ups", "resets", "sign-ups")] == [0, 0, HOUR]


def test_nothing_is_kept_for_longer(odb: ODB) -> None:
    """However many callers there were."""
    clock = Clock()
    taken = quota(odb, clock)
    for number in range(5):
        taken.take(str(number))
    clock.now += HOUR
    taken.take("a")
    with odb.reading() as session:
        assert session.scalars(select(SSOQuota.caller)).all() == ["sign-ups a"]


def test_a_clock_that_is_put_back(odb: ODB) -> None:
    """Keeps nobody out."""
    clock = Clock()
    taken = quota(odb, clock, 1)
    taken.take("a")
    clock.now = 10.0
    assert [taken.take("a"), taken.take("a")] == [0, HOUR]


def test_who_is_refused_writes_nothing(odb: ODB, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood is read away."""
    taken = quota(odb, Clock(), 1)
    taken.take("a")
    monkeypatch.setattr(odb, "writing", lambda: pytest.fail("it writes"))
    assert taken.take("a") == HOUR


def test_many_at_once(odb: ODB) -> None:
    """Never more than so many, whoever is first."""
    taken = quota(odb, Clock(), 3)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(taken.take, ["a"] * 8))
    assert sorted(map(bool, waits)) == [False] * 3 + [True] * 5


def test_servers_count_together(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """What one lets pass is less for the other, also where both come for the first time at once."""
    other = ODB(odb_url, tmp_path)
    other.load()
    try:
        clock = Clock()
        pair = [quota(odb, clock, 3), quota(other, clock, 3)]
        with ThreadPoolExecutor(2) as threads:
            waits = list(threads.map(lambda taken: [taken.take("a") for _ in range(4)], pair))
        assert sorted(map(bool, [*waits[0], *waits[1]])) == [False] * 3 + [True] * 5
        with odb.reading() as session:
            assert session.scalar(select(func.sum(SSOQuota.times))) == 3
    finally:
        other.close()


def test_a_row_that_another_server_has_just_made(odb: ODB, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is gone on with."""
    clock = Clock()
    taken = quota(odb, clock)
    taken.take("a")
    with odb.writing() as session:
        get = session.get
        monkeypatch.setattr(session, "get", lambda *_, **__: monkeypatch.setattr(session, "get", get))
        assert taken.taken(session, "a") == 0
        assert session.get_one(quotas.SSOQuota, "sign-ups a").times == 2
