"""Tests of apitest_server.scheduler.scheduler, states and apitest_server.internal.scheduler."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.errors import NoSuchService, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.scheduler.scheduler import SCHEDULER, Scheduler
from apitest_server.scheduler.states import Answer, Claim, States
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

JOB = "zato.scheduler.job."
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ODD = {"service": "a.seen", "job_type": "one_time"}
SERVICES = """\
from zato.server.service import Service
import threading
seen, done = [], threading.Event()
class Remember(Service):
    def handle(self):
        seen.append(self.request.payload)
        done.set()
class Seen(Service):
    def handle(self):
        done.wait(10)
        return seen
"""


class Bench:
    """A server whose scheduler has no thread, a clock that stands still, and a list of what it ran."""

    def __init__(self, client: Client, now: datetime) -> None:
        self.client = client
        self.now = now
        self.ran: list[tuple[str, Any]] = []
        self.scheduler: Scheduler = client.app.components[SCHEDULER]
        self.scheduler.close()
        self.scheduler._clock = lambda: self.now
        self.scheduler._steady = None
        self.is_slow = False
        self.scheduler._run = self.run

    def run(self, job: str, service: str, payload: Any, done: Callable[[], None]) -> str:
        self.ran.append((service, payload))
        self.finish = done
        if not self.is_slow:
            done()
        return "the cid"

    def create(self, **fields: Any) -> int:
        number: int = call(self.client, JOB + "create", {"name": "job", "service": "a.remember", **fields})["id"]
        return number

    def status(self, number: int) -> dict[str, Any]:
        [row] = call(self.client, JOB + "get-status-list", {"id": number})
        return dict(row)

    def at(self, now: datetime) -> int:
        """How many jobs are run at a time."""
        self.now = now
        found = len(self.scheduler.run_due())
        self.scheduler._write_finished()
        return found


@pytest.fixture
def bench(tmp_path: Path, odb_url: str) -> Iterator[Bench]:
    """At NOW, on each of the two databases."""
    with served(tmp_path, f"[odb]\nurl = {odb_url}\n", a=SERVICES) as client:
        yield Bench(client, NOW)


def hourly(bench: Bench, **fields: Any) -> int:
    return bench.create(job_type="interval_based", hours=1, start_date=NOW.isoformat(), **fields)


def test_a_job_is_run_at_its_times(bench: Bench) -> None:
    """With its payload; its status says so."""
    number = hourly(bench, extra={"a": 1})
    assert [bench.at(NOW), bench.at(NOW + HOUR / 2), bench.at(NOW + HOUR)] == [1, 0, 1]
    assert bench.ran == [("a.remember", {"a": 1})] * 2
    status = bench.status(number)
    assert (status["runs"], status["last_run"]) == (2, (NOW + HOUR).isoformat())
    assert status["next_run"] == (NOW + 2 * HOUR).isoformat()


def test_a_job_of_one_time_is_run_once(bench: Bench) -> None:
    """Then it has no next time."""
    number = bench.create(job_type="one_time", start_date=(NOW + HOUR).isoformat())
    assert [bench.at(NOW), bench.at(NOW + HOUR), bench.at(NOW + 2 * HOUR)] == [0, 1, 0]
    assert bench.status(number)["next_run"] is None


def test_a_job_by_the_calendar(bench: Bench) -> None:
    """With a limited number of repeats."""
    bench.create(job_type="cron_style", cron_definition="30 * * * *", repeats=2)
    assert [bench.at(NOW + HOUR * half / 2) for half in range(1, 8)] == [1, 0, 1, 0, 0, 0, 0]


def test_a_paused_job_is_not_run(bench: Bench) -> None:
    """Once it is resumed, what was missed is made up for, if the job says so."""
    numbers = [hourly(bench, name=missed, missed=missed) for missed in ("run_once", "skip")]
    assert bench.at(NOW) == 2
    for number in numbers:
        assert call(bench.client, JOB + "pause", {"id": number})["is_active"] is False
    assert bench.at(NOW + 5 * HOUR + HOUR / 2) == 0
    for number in numbers:
        assert call(bench.client, JOB + "resume", {"id": number})["is_active"] is True
    assert bench.scheduler.run_due() == ["run_once"]
    assert bench.at(NOW + 6 * HOUR) == 2


def test_another_schedule_begins_anew(bench: Bench) -> None:
    """Another name does not."""
    number = hourly(bench, repeats=1)
    assert bench.at(NOW) == 1
    call(bench.client, JOB + "edit", {"id": number, "name": "another"})
    assert (bench.at(NOW + HOUR), bench.status(number)["runs"]) == (0, 1)
    call(bench.client, JOB + "edit", {"id": number, "repeats": 2})
    assert bench.status(number)["runs"] == 0
    assert bench.at(NOW + 2 * HOUR) == 1


def test_a_deleted_job_is_not_run(bench: Bench) -> None:
    """Nor is it known."""
    number = hourly(bench)
    call(bench.client, JOB + "delete", {"id": number})
    assert bench.at(NOW) == 0
    assert refused(bench.client, JOB + "get-status-list", {"id": number})[0] == 404
    assert call(bench.client, JOB + "get-status-list") == []


def test_jobs_survive_a_restart(bench: Bench) -> None:
    """What was missed meanwhile is run once, what was run is not run again."""
    bench.create(name="once", job_type="one_time", start_date=NOW.isoformat())
    hourly(bench, name="hourly", repeats=3)
    assert bench.at(NOW) == 2
    odb = bench.client.app.odb
    again = Scheduler(bench.run, States(odb), lambda: NOW + 5 * HOUR + HOUR / 2)
    again.load([item for item in odb.load() if item.kind == "scheduler.job"])
    assert again.run_due() == ["hourly"]
    assert {row["name"]: row["runs"] for row in again.status()} == {"hourly": 2, "once": 1}


def test_a_definition_of_an_older_version_does_no_harm(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be planned is in the log; the others are run."""
    hourly(bench)
    bench.scheduler.load([*bench.scheduler._items.values(), StoredObject(0, "scheduler.job", "odd", ODD)])
    assert bench.at(NOW) == 1
    assert "Job `odd` cannot be used: Input field `start_date` is required" in caplog.text


def test_jobs_wait_for_an_odb_that_is_away(bench: Bench) -> None:
    """They are planned once it can be reached, and runs that cannot be written down are remembered."""
    hourly(bench)

    class Away(States):
        is_away = True

        def read(self) -> dict[int, Any]:
            if self.is_away:
                raise ServiceUnavailable
            return super().read()

        def claim(self, claim: Claim) -> Answer:
            raise ServiceUnavailable

        def reset(self, number: int, schedule: str) -> None:
            raise ServiceUnavailable

        def finish(self, jobs: Iterable[int]) -> None:
            if self.is_away:
                raise ServiceUnavailable

    states = Away(bench.client.app.odb)
    again = Scheduler(bench.run, states, lambda: NOW)
    again.load(list(bench.scheduler._items.values()))
    with pytest.raises(ServiceUnavailable):
        again.run_due()
    assert again._pause() == 60.0
    states.is_away = False
    assert again.run_due() == ["job"]
    states.is_away = True
    assert (again.run_due(), again._finished) == ([], {item.id for item in again._items.values()})
    states.is_away = False
    assert (again.run_due(), again._finished, again.status()[0]["runs"]) == ([], set(), 1)
    [item] = bench.scheduler._items.values()
    again.put(replace(item, fields={**item.fields, "hours": 2}))
    assert again.status()[0]["runs"] == 0


def test_of_two_servers_on_one_odb_one_runs_a_job(bench: Bench) -> None:
    """The other one knows that it was run, and so does who comes later; a deleted job is run by nobody."""
    number = hourly(bench)
    [item] = bench.scheduler._items.values()
    another = Scheduler(bench.run, States(bench.client.app.odb), lambda: bench.now)
    another.load([item])
    assert another.status()[0]["runs"] == 0
    assert (bench.at(NOW), another.run_due()) == (1, [])
    assert [row["runs"] for row in another.status()] == [1]
    bench.now = NOW + HOUR
    assert (another.run_due(), bench.scheduler.run_due()) == (["job"], [])
    assert len(bench.ran) == 2
    call(bench.client, JOB + "delete", {"id": number})
    bench.now = NOW + 2 * HOUR
    assert another.run_due() == []
    assert len(bench.ran) == 2


def test_a_job_that_runs_on_another_server_is_left_out(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """Until it has ended there; the next run is on time, by whoever is first."""
    hourly(bench)
    odb, other = bench.client.app.odb, []
    bus = Bus(odb, "other", "http://other")

    def run(job: str, service: str, payload: Any, done: Callable[[], None]) -> str:
        other.append(done)
        return "a cid"

    another = Scheduler(run, States(odb, bus), lambda: bench.now)
    another.load(list(bench.scheduler._items.values()))
    bench.now = NOW
    assert (another.run_due(), bench.at(NOW)) == (["job"], 0)
    assert (bench.at(NOW + HOUR), bench.at(NOW + HOUR)) == (0, 0)
    assert caplog.text.count("still runs on another server: this run is left out") == 1
    other[0]()
    another._write_finished()
    assert (bench.at(NOW + 2 * HOUR), another.run_due()) == (1, [])


def test_a_job_is_deleted_while_a_run_is_written_down(bench: Bench) -> None:
    """Neither waits for the other for ever, whichever of them has begun."""
    number = hourly(bench)
    odb, removing = bench.client.app.odb, Event()
    [item] = bench.scheduler._items.values()

    def delete() -> None:
        with odb.changing:
            removing.set()
            bench.scheduler.remove(item)

    deletion = Thread(target=delete, daemon=True)

    class Late(States):
        def claim(self, claim: Claim) -> Answer:
            deletion.start()
            if not self.changing._is_owned():  # type: ignore[attr-defined] # what typeshed does not know
                removing.wait()
            return super().claim(claim)

    bench.scheduler._states, bench.now = Late(odb), NOW
    run = Thread(target=bench.scheduler.run_due, daemon=True)
    run.start()
    for thread in (run, deletion):
        thread.join(30)
        assert not thread.is_alive()
    assert bench.ran == [("a.remember", None)]
    assert [row["id"] for row in bench.scheduler.status()] == []
    assert number == item.id


def test_a_schedule_that_another_server_has_changed_is_not_run_twice(bench: Bench) -> None:
    """By the old times nobody runs it any more; a run by the new ones counts for all."""
    number = hourly(bench)
    old = list(bench.scheduler._items.values())
    another = Scheduler(bench.run, States(bench.client.app.odb), lambda: bench.now)
    another.load(old)
    call(bench.client, JOB + "edit", {"id": number, "hours": 2})
    assert (bench.at(NOW), another.run_due()) == (1, [])
    another.put(bench.scheduler._items[number])
    assert (another.run_due(), another.status()[0]["runs"]) == ([], 1)
    bench.now = NOW + 2 * HOUR
    assert another.run_due() == ["job"]


def test_a_job_whose_service_is_gone_goes_on(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so once, and once more when it was there meanwhile, or when the job was edited."""
    number = hourly(bench)
    works = bench.scheduler._run
    told = "Job `job` cannot run service `a.remember`: No such service: `a.remember`"

    def fail(job: str, service: str, payload: Any, done: Callable[[], None]) -> str:
        raise NoSuchService(service)

    bench.scheduler._run = fail
    assert [bench.at(NOW), bench.at(NOW + HOUR)] == [1, 1]
    assert told in caplog.text
    assert caplog.text.count(told) == 1
    bench.scheduler._run = works
    assert bench.at(NOW + 2 * HOUR) == 1
    bench.scheduler._run = fail
    assert [bench.at(NOW + later * HOUR) for later in (3, 4)] == [1, 1]
    assert caplog.text.count(told) == 2
    call(bench.client, JOB + "edit", {"id": number, "may_overlap": True})
    assert [bench.at(NOW + later * HOUR) for later in (5, 6)] == [1, 1]
    assert caplog.text.count(told) == 3


def test_a_job_is_run_by_the_thread(tmp_path: Path) -> None:
    """Of its own, as soon as it is due; and at once where that is asked for."""
    with served(tmp_path, a=SERVICES) as client:
        start = (datetime.now(UTC) - HOUR).isoformat()
        payload = {
            "name": "job",
            "service": "a.remember",
            "extra": "by itself",
            "job_type": "one_time",
            "start_date": start,
        }
        number = call(client, JOB + "create", payload)["id"]
        assert call(client, "a.seen") == ["by itself"]
        cid = call(client, JOB + "execute", {"id": number})["cid"]
        assert len(cid) == 24


def test_the_thread_goes_on_after_an_error(caplog: pytest.LogCaptureFixture) -> None:
    """The log has it."""
    asked = Event()

    class Broken:
        changing = RLock()

        def read(self) -> dict[int, Any]:
            asked.set()
            raise KeyError("broken")

    scheduler = Scheduler(lambda job, service, payload, done: "", Broken())  # type: ignore[arg-type] # it is broken on purpose
    scheduler.load([StoredObject(1, "scheduler.job", "x", {"service": "a", "job_type": "interval_based", "days": 1})])
    scheduler.start()
    assert asked.wait(10)
    scheduler.close()
    assert "The scheduler failed; it continues" in caplog.text


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("create", {"name": "x", "job_type": "one_time"}, 400, "`service` is required"),
        ("create", {"name": "x", "job_type": "yearly", "service": "a.seen"}, 400, "`job_type` must be one of"),
        (
            "create",
            {"name": "x", "job_type": "one_time", "service": "a.nope"},
            400,
            "is not the name of a deployed service: `a.nope`",
        ),
        ("create", {"name": "x", "job_type": "one_time", "service": "a.seen"}, 400, "`start_date` is required"),
        ("create", {"name": "x", "job_type": "interval_based", "service": "a.seen"}, 400, "seconds is required"),
        (
            "create",
            {"name": "x", "job_type": "cron_style", "service": "a.seen", "cron_definition": "* * *"},
            400,
            "`cron_definition` is not a valid schedule such as `0 12 * * mon-fri`: Wrong number of fields",
        ),
        ("edit", {"id": 999}, 404, "no job with ID 999"),
        ("delete", {"id": 999}, 404, "no job with ID 999"),
        ("execute", {"id": 999}, 404, "There is no job with ID 999"),
        ("pause", {"id": 999}, 404, "no job with ID 999"),
        ("resume", {}, 400, "`id` is required"),
        ("get-by-name", {"name": "x"}, 404, "no job with name `x`"),
        ("get-status-list", {"id": 999}, 404, "There is no job with ID 999"),
    ],
)
def test_what_cannot_be_done_is_refused(
    bench: Bench, service: str, payload: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    found = refused(bench.client, JOB + service, payload)
    assert found[0] == status
    assert details in found[1]


def test_an_interval_begins_when_it_is_created(bench: Bench) -> None:
    """Unless it says otherwise; the definition tells when."""
    number = bench.create(job_type="interval_based", days=1)
    row = call(bench.client, JOB + "get-by-name", {"name": "job"})
    assert row["id"] == number
    assert datetime.fromisoformat(row["start_date"]) > NOW


def test_a_job_does_not_overlap_with_itself(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """A run that is due while the one before goes on is left out, and told; the next one is on time."""
    number = hourly(bench)
    bench.is_slow = True
    assert [bench.at(NOW), bench.at(NOW + HOUR), bench.at(NOW + 2 * HOUR)] == [1, 0, 0]
    assert caplog.text.count("Job `job` is due and still runs") == 2
    status = bench.status(number)
    assert (status["runs"], status["next_run"]) == (1, (NOW + 3 * HOUR).isoformat())
    bench.finish()
    assert bench.at(NOW + 3 * HOUR) == 1


def test_a_job_may_overlap_if_it_says_so(bench: Bench) -> None:
    """Then each run is on time."""
    hourly(bench, may_overlap=True)
    bench.is_slow = True
    assert [bench.at(NOW), bench.at(NOW + HOUR)] == [1, 1]


def test_intervals_do_not_follow_a_clock_that_is_set(bench: Bench) -> None:
    """Jobs by the calendar do."""
    steady = [NOW]
    bench.scheduler._steady = lambda: steady[0]
    hourly(bench, name="interval")
    bench.create(name="calendar", job_type="cron_style", cron_definition="30 * * * *")
    assert bench.at(NOW) == 1
    steady[0] = NOW + HOUR
    bench.now = NOW - 3 * HOUR
    assert bench.scheduler.run_due() == ["interval"]
    bench.now = NOW + HOUR / 2
    assert bench.scheduler.run_due() == ["calendar"]


def test_a_last_run_in_the_future_holds_nothing_up(bench: Bench) -> None:
    """The clock was set back while the server was not running."""
    hourly(bench)
    assert bench.at(NOW + 9 * HOUR) == 1
    again = Scheduler(bench.run, States(bench.client.app.odb), lambda: NOW + 2 * HOUR + HOUR / 2)
    again.load(bench.client.app.live.of_kind("scheduler.job"))
    assert again.status()[0]["next_run"] == NOW + 3 * HOUR
