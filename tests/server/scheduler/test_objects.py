"""Tests of apitest_server.scheduler.objects."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest
from apitest_server.odb import ODB, StoredObject
from apitest_server.scheduler.objects import JobObjects
from apitest_server.scheduler.scheduler import Scheduler
from apitest_server.scheduler.states import States

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def stored(number: int, seconds: int = 0) -> StoredObject:
    fields = {"job_type": "interval_based", "service": "a", "seconds": seconds, "start_date": NOW.isoformat()}
    return StoredObject(number, "scheduler.job", f"job {number}", fields)


def test_jobs_are_planned_and_forgotten(tmp_path: Path) -> None:
    """One that has no valid schedule is refused."""
    odb = ODB("", tmp_path)
    odb.load()
    scheduler = Scheduler(lambda job, service, payload, done: "cid", States(odb), lambda: NOW)
    objects = JobObjects(scheduler)
    objects.load([stored(1, 5)])
    objects.put(stored(2, 60))
    assert [row["name"] for row in scheduler.status()] == ["job 1", "job 2"]
    objects.remove(stored(1, 5))
    assert [row["name"] for row in scheduler.status()] == ["job 2"]
    with pytest.raises(BadRequest, match="One of the input fields weeks, days"):
        objects.check(stored(3))
    odb.close()
