"""What is told of workers that died."""

import signal

import pytest

from apitest.events import ScenarioStarted
from apitest.parallel.book import Running
from apitest.runner.workers import deaths

RUNNING = Running(ScenarioStarted("a.feature", 3, "adds", ()), 1.0)


@pytest.mark.parametrize(
    ("status", "running", "problem"),
    [
        (-9, RUNNING, 'Worker 2 was killed by signal 9 (SIGKILL) while running "adds"'),
        (-11, RUNNING, 'Worker 2 was killed by signal 11 (SIGSEGV) while running "adds"'),
        (-200, None, "Worker 2 was killed by signal 200 while no scenario ran"),
        (3, None, "Worker 2 ended by itself with status 3 while no scenario ran"),
    ],
)
def test_how_it_died(status: int, running: Running | None, problem: str) -> None:
    """The signal or the status is named, and the scenario."""
    failure = deaths.failure(2, status, running)
    assert (failure.kind, failure.exit_status, failure.problem) == ("WorkerDied", 1, problem)
    assert ("memory" in failure.fix) is (status == -9)


def test_other_ends() -> None:
    """What was killed after Ctrl-C, and a run that nobody goes on with, are told, too."""
    assert deaths.interrupted(2, 6.25).problem == "Worker 2 was still running this, after 6.2 s: it was killed"
    assert "3 of what was handed out did not run" in deaths.nobody_left(3).problem


def test_from_outside() -> None:
    """Who is killed may not be the reason; who crashes or exits is."""
    statuses = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGSEGV, 0, 1)
    assert [deaths.from_outside(status) for status in statuses] == [True, True, False, False, False]
