"""What a worker does with its tasks."""

import os
from pathlib import Path
from typing import Any

import pytest

from apitest import events, project
from apitest.runner import options
from apitest.runner.tasks import Task
from apitest.runner.workers import memory, pipes, worker
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Done, Finished, Refused, Setup, Stop

TWO = """Feature: F
  Scenario: passes
    Given I store "1" under "x"
    Then variable "#x" is "1"
  Scenario: fails
    Given I store "1" under "x"
    Then variable "#x" is "2"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one feature."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "a.feature").write_text(TWO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def serving(tasks: int, results: int) -> tuple[Channel, Course]:
    """What a worker is given; nobody reads its memory."""
    shared = memory.created()
    made = Channel(tasks, results, Journal(memory.of_journal(shared))), Course(memory.of_course(shared))
    os.close(shared)
    return made


def serve(root: Path, *tasks: object, arguments: tuple[str, ...] = ()) -> list[Any]:
    """What a worker sends for tasks."""
    tasks_read, tasks_write = os.pipe()
    results_read, results_write = os.pipe()
    for task in tasks:
        pipes.write(tasks_write, pipes.encoded(task))
    os.close(tasks_write)
    found = project.find(root)
    config = options.configuration(found, ["features"], list(arguments))
    options.leave_output_to_parent(config)
    setup = Setup(3, 4, str(found.features), "", {}, ["features"], arguments, False, 7, False, 0, False, True)
    worker.serve(setup, found, config, *serving(tasks_read, results_write))
    os.close(tasks_read)
    os.close(results_write)
    inbox = pipes.Inbox(results_read)
    while inbox.fill():
        pass
    os.close(results_read)
    assert (config.userdata["worker"], config.userdata["workers"]) == ("3", "4")
    return inbox.messages()


def of(kind: type, came: list[Any]) -> list[Any]:
    """The messages of a kind."""
    return [message for message in came if type(message) is kind]


def test_tasks_run_and_what_they_came_to_is_told(root: Path) -> None:
    """A task's events come before what it came to, and the worker's end comes last."""
    file = str(root / "features" / "a.feature")
    came = serve(root, Task(file, lines=frozenset({2}), partial=True), Task(file, lines=frozenset({5}), partial=True))
    first, second = of(Done, came)
    assert [each.name for each in of(events.ScenarioFinished, came)] == ["passes", "fails"]
    assert (first.tally.failed, first.tally.counts["scenarios"]) == (False, {"passed": 1})
    assert (second.tally.failed, second.tally.counts["scenarios"], second.tally.exit_statuses) == (
        True,
        {"failed": 1},
        (1,),
    )
    assert came.index(first) < came.index(of(events.ScenarioStarted, came)[1])
    assert type(came[-1]) is Finished
    assert came[-1].chosen
    assert not of(events.RunFinished, came)


def test_scenarios_that_are_only_counted(root: Path) -> None:
    """Once the run is over, what is left is counted as not run; what nobody runs as skipped."""
    came = serve(root, Task(str(root / "features" / "a.feature"), run=False, left_out=(2, 5)))
    (done,) = of(Done, came)
    assert done.tally.counts["scenarios"] == {"untested": 2, "skipped": 2}
    assert done.tally.counts["steps"] == {"untested": 4, "skipped": 5}
    assert not of(events.ScenarioStarted, came)


def test_a_worker_that_is_told_to_stop(root: Path) -> None:
    """With --stop, a worker whose parent says so ends after the scenario that runs."""
    file = str(root / "features" / "a.feature")
    came = serve(root, Task(file), Stop(), arguments=("--stop",))
    assert [each.name for each in of(events.ScenarioFinished, came)] == ["passes"]
    assert of(Done, came)[0].tally.counts["scenarios"] == {"passed": 1, "untested": 1}


def test_a_selection_that_chooses_nothing(root: Path) -> None:
    """What was there and was not chosen is told to the parent, which knows of the other workers."""
    came = serve(root, Task(str(root / "features" / "a.feature")), arguments=("--tags", "@none"))
    assert came[-1].names == ("passes", "fails")
    assert not came[-1].chosen
    assert not of(events.FileFailed, came)


def test_a_project_that_cannot_be_loaded(root: Path) -> None:
    """What is wrong with the project's Python is told instead of results."""
    (root / "features" / "environment.py").write_text("nonsense(")
    (refused,) = serve(root)
    assert type(refused) is Refused
    assert "environment.py cannot be loaded" in refused.error.problem


def test_an_interpreter_of_its_own(root: Path) -> None:
    """A worker that its parent tells everything loads the project by itself."""
    tasks_read, tasks_write = os.pipe()
    results_read, results_write = os.pipe()
    setup = Setup(1, 2, str(root / "features"), "", {"name": "Anna"}, ["features"], [], False, 7, False, 0, False, True)
    for message in (setup, Task(str(root / "features" / "a.feature"))):
        pipes.write(tasks_write, pipes.encoded(message))
    os.close(tasks_write)
    worker.serve_alone(*serving(tasks_read, results_write))
    os.close(tasks_read)
    os.close(results_write)
    inbox = pipes.Inbox(results_read)
    while inbox.fill():
        pass
    os.close(results_read)
    came = inbox.messages()
    assert of(Done, came)[0].tally.counts["scenarios"] == {"passed": 1, "failed": 1}


def test_what_all_workers_need_is_loaded() -> None:
    """Sentences are there once the parent has loaded them."""
    worker.load_once()
    assert worker.load(worker.MODULES).find("when", "the URL is invoked") is not None
