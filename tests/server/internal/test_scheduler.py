from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served

JOB = {"name": "a", "job_type": "interval_based", "service": "zato.ping", "hours": 1}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"service": "no.such.service"}, "`service`"),
        ({"job_type": "now_and_then"}, "`job_type`"),
        ({"hours": -1}, "`hours`"),
        ({"job_type": "cron_style", "cron_definition": "every day"}, "`cron_definition`"),
    ],
)
def test_a_job_that_could_not_run_is_refused(untouched: Client, fields: dict[str, Any], named: str) -> None:
    """With the name of the field, and nothing is stored."""
    status, details = untouched.refused("zato.scheduler.job.create", {**JOB, **fields})
    assert (status, named in details) == (400, True), details
    assert untouched.result("zato.scheduler.job.get-list") == []


def test_intervals_are_counted_from_a_date_that_is_kept(tmp_path: Path) -> None:
    """The job gets one where none was given, and a change of its name leaves it as it is."""
    with served(tmp_path) as client:
        number = client.result("zato.scheduler.job.create", JOB)["id"]
        start = client.result("zato.scheduler.job.get-by-id", {"id": number})["start_date"]
        client.result("zato.scheduler.job.edit", {"id": number, "name": "b"})
        assert start
        assert client.result("zato.scheduler.job.get-by-name", {"name": "b"})["start_date"] == start
