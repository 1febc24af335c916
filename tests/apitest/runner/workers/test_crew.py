"""The workers of a run, as interpreters of their own: what happens where a copy of the process would not be safe."""

import os
from pathlib import Path

import pytest

from apitest import events
from apitest.runner.tasks import Task
from apitest.runner.workers import starting
from apitest.runner.workers.crew import Crew, Worker
from apitest.runner.workers.messages import Done, Finished, Setup
from tests.apitest.processes import gone, wait_until

ONE = 'Feature: F\n  Scenario: passes\n    Given I store "1" under "x"\n'


@pytest.fixture
def crew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crew:
    """A crew of fresh interpreters, for a project of one feature."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "a.feature").write_text(ONE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(starting, "can_fork", lambda: False)
    setup = Setup(1, 2, str(tmp_path / "features"), "", {}, ["features"], [], False, 7, False, 0, False, True)
    return Crew(setup, lambda setup, channel: None)


def messages(worker: Worker) -> list[object]:
    """All that a worker tells until it ends."""
    while worker.inbox.fill():
        pass
    return worker.inbox.messages()


def test_fresh_interpreters(crew: Crew) -> None:
    """An interpreter of its own runs tasks as a copy does, under its number."""
    worker = crew.start(2)
    assert crew.workers == {2: worker}
    worker.send(Task(os.path.abspath("features/a.feature")))
    worker.send(None)
    came = messages(worker)
    assert [message.name for message in came if isinstance(message, events.ScenarioFinished)] == ["passes"]
    assert [type(message) for message in came][-2:] == [Done, Finished]
    assert crew.dismiss(worker, kill=False) == 0
    worker.close()
    crew.close()


def test_all_are_killed_at_the_end(crew: Crew) -> None:
    """Workers that still run when the crew is closed are killed; one that is gone hears nothing."""
    workers = [crew.start(number) for number in (1, 2)]
    crew.kill()
    for worker in workers:
        wait_until(worker.process.has_ended)
        worker.send("anything")
    crew.close()
    assert crew.workers == {}
    assert all(gone(worker.process.pid) for worker in workers)
