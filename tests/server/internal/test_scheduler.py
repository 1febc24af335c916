from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.cluster.waiting import until

JOB = {"name": "a", "job_type": "interval_based", "service": "zato.ping", "hours": 1}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"service": "no.such.service"}, "`service`"),
        ({"job_type": "now_and_then"}, "`job_type`"),
        ({"hours": -1}, "`hours`"),
        ({"job_type": "cron_style", "cron_definition": "every day"}, "`cron_definition`"),
        ({"job_type": "cron_style", "cron_definition": "@often"}, "`cron_definition`"),
        ({"start_date": "9999-12-31T23:59:59-05:00"}, "`start_date` must be a date and time of the years 1900 to 2999"),
    ],
)
def test_a_job_that_could_not_run_is_refused(untouched: Client, fields: dict[str, Any], named: str) -> None:
    """With the name of the field, and nothing is stored."""
    status, details = untouched.refused("zato.scheduler.job.create", {**JOB, **fields})
    assert (status, named in details) == (400, True), details
    assert untouched.result("zato.scheduler.job.get-list") == []


def test_a_short_schedule_is_written_out(tmp_path: Path) -> None:
    """Clients are told what it stands for."""
    with served(tmp_path) as client:
        made = client.result(
            "zato.scheduler.job.create", {**JOB, "job_type": "cron_style", "cron_definition": "@daily"}
        )
        assert made["cron_definition"] == "0 0 * * *"


def test_intervals_are_counted_from_a_date_that_is_kept(tmp_path: Path) -> None:
    """The job gets one where none was given, and a change of its name leaves it as it is."""
    with served(tmp_path) as client:
        number = client.result("zato.scheduler.job.create", JOB)["id"]
        start = client.result("zato.scheduler.job.get-by-id", {"id": number})["start_date"]
        client.result("zato.scheduler.job.edit", {"id": number, "name": "b"})
        assert start
        assert client.result("zato.scheduler.job.get-by-name", {"name": "b"})["start_date"] == start


SCHEDULES: dict[str, dict[str, Any]] = {
    "one_time": {"start_date": "2099-01-31T12:30:00+00:00"},
    "interval_based": {"hours": 1, "seconds": 5, "repeats": 7},
    "cron_style": {"cron_definition": "0 6 * * *", "timezone": "Europe/London", "repeats": 3},
}


@pytest.mark.parametrize(
    ("before", "after"), [(one, other) for one in SCHEDULES for other in SCHEDULES if one != other]
)
def test_a_job_of_another_type_is_like_a_new_one(tmp_path: Path, before: str, after: str) -> None:
    """Nothing is left of the schedule that it had."""
    with served(tmp_path) as client:
        common = {"name": "a", "service": "zato.ping"}
        number = client.result("zato.scheduler.job.create", {**common, "job_type": before, **SCHEDULES[before]})["id"]
        schedule = {key: value for key, value in SCHEDULES[after].items() if key not in ("timezone", "repeats")}
        told = client.result("zato.scheduler.job.edit", {"id": number, "job_type": after, **schedule})
        new = client.result("zato.scheduler.job.create", {**common, "name": "b", "job_type": after, **schedule})
        assert told["cron_definition"] == new["cron_definition"] == schedule.get("cron_definition", "")
        found, expected = (client.result("zato.scheduler.job.get-by-id", {"id": one}) for one in (number, new["id"]))
        if after == "interval_based":  # Each begins when it was made
            assert found.pop("start_date") < expected.pop("start_date")
        assert found == {**expected, "id": number, "name": "a"}


def test_fields_of_other_types_do_not_count(tmp_path: Path) -> None:
    """Also where clients send all of them; a job whose type stays keeps what is not given."""
    with served(tmp_path) as client:
        job = {"name": "a", "service": "zato.ping", **SCHEDULES["interval_based"], **SCHEDULES["cron_style"]}
        number = client.result("zato.scheduler.job.create", {**job, "job_type": "interval_based"})["id"]
        for edit, hours, cron in (
            ({"repeats": 9, "job_type": "interval_based"}, 1, ""),
            ({**job, "job_type": "cron_style"}, 0, "0 6 * * *"),
            ({**job, "job_type": "one_time", "start_date": "2099-01-31T12:30:00"}, 0, ""),
        ):
            assert client.result("zato.scheduler.job.edit", {"id": number, **edit})["cron_definition"] == cron
            found = client.result("zato.scheduler.job.get-by-id", {"id": number})
            assert (found["hours"], found["cron_definition"]) == (hours, cron)
        assert (found["repeats"], found["timezone"]) == (0, "UTC")


def test_extra_that_is_json_in_a_text_has_the_fields_of_a_service(tmp_path: Path) -> None:
    """As forms send it; the payload is the text still."""
    service = """\
from zato.server.service import Service
class Kept(Service):
    class SimpleIO:
        input_required = 'a'
    def handle(self):
        self.cache.set('kept', [self.request.input.a, self.request.payload])
class Told(Service):
    def handle(self):
        self.response.payload = {'kept': self.cache.get('kept')}
"""
    with served(tmp_path, s=service) as client:
        job = client.result("zato.scheduler.job.create", {**JOB, "service": "s.kept", "extra": '{"a": "x"}'})
        client.result("zato.scheduler.job.execute", {"id": job["id"]})
        until(lambda: client.result("s.told")["kept"] is not None)
        assert client.result("s.told")["kept"] == ["x", '{"a": "x"}']


def test_jobs_are_listed_by_their_service(tmp_path: Path) -> None:
    """By either name of the field; together with the type, too."""
    with served(tmp_path) as client:
        client.result("zato.scheduler.job.create", JOB)
        client.result("zato.scheduler.job.create", {**JOB, "name": "b", "service": "zato.helpers.echo"})
        for given in ({"service": "zato.ping"}, {"service_name": "zato.ping", "job_type": "interval_based"}):
            assert [row["name"] for row in client.result("zato.scheduler.job.get-list", given)] == ["a"]
        assert client.result("zato.scheduler.job.get-list", {"service_name": "zato.helpers.sleep"}) == []
        assert len(client.result("zato.scheduler.job.get-list")) == 2
