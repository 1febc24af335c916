"""What is kept of the scenario that runs, for the parent of a worker that dies."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from behave.model import Step

from apitest import project
from apitest.context import RunState
from apitest.events import Exchange
from apitest.parallel.reached import PlannedStep, Reached
from apitest.runner.workers import memory
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.following import Follower
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Exchanged

SECRET = "tr0ub4dor-and-3"
STEPS = [Step("a.feature", 3, "Given", "given", f"{name} is {SECRET}", text=SECRET) for name in "ab"]
SHOWN = [PlannedStep("Given", f"{name} is {SECRET}", 3, SECRET, None) for name in "ab"]
HIDDEN = [PlannedStep("Given", f"{name} is ***", 3, "***", None) for name in "ab"]


class Followed:
    """A follower, and what a parent finds."""

    def __init__(self, root: Path) -> None:
        shared = memory.created()
        journal, course = memory.of_journal(shared), memory.of_course(shared)
        self._tasks, self._results = os.pipe()
        self.journal, self.course = Journal(journal), Course(course)
        self.state = RunState(project.find(root))
        self.follower = Follower(self.course, Channel(self._tasks, self._results, self.journal), self.state)
        os.close(shared)

    def kept(self) -> list[object]:
        """What the step that runs has exchanged."""
        return Journal(self.journal._memory).unsent(0)

    def reached(self) -> Reached:
        """How far the scenario has come, without times."""
        found = Course(self.course._memory).reached()
        return Reached(tuple((step, 0.0) for step, _ in found.over), found.running)

    def close(self) -> None:
        """Lets go of all of it."""
        self.journal.close()
        self.course.close()
        os.close(self._tasks)
        os.close(self._results)


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    """A follower of a project's run."""
    (tmp_path / "features").mkdir()
    made = Followed(tmp_path)
    yield made
    made.close()


def sent(request: str = "GET /", response: str = "") -> Exchange:
    """A request, and its answer."""
    return Exchange("HTTP", request, response=response)


def test_secrets_of_steps(followed: Followed) -> None:
    """They are not there from the step on that makes them known, also not in the steps before it."""
    follower = followed.follower
    follower.scenario_begins(STEPS)
    follower.step_begins(0, None, own=False)
    follower.step_ends(0)
    assert followed.reached() == Reached(((SHOWN[0], 0.0),))
    followed.state.secrets.add(SECRET)
    follower.step_begins(1, None, own=False)
    assert followed.reached() == Reached(((HIDDEN[0], 0.0),), HIDDEN[1])
    follower.scenario_begins(STEPS)
    follower.step_begins(0, None, own=False)
    assert followed.reached() == Reached((), HIDDEN[0])


def test_a_sentence_of_ours(followed: Followed) -> None:
    """Its request is kept at once, and its answer when it goes on, or waits; nothing of it once it is over."""
    follower = followed.follower
    follower.scenario_begins(STEPS)
    follower.step_begins(0, None, own=False)
    follower.exchanged(sent, over=False)
    assert followed.kept() == [Exchanged(sent(), frozenset())]
    follower.exchanged(lambda: sent(response="200"), over=True)
    assert followed.kept() == [Exchanged(sent(), frozenset())]
    follower.settle()
    assert followed.kept() == [Exchanged(sent(response="200"), frozenset())]
    follower.settle()
    follower.exchanged(lambda: sent("GET /2"), over=False)
    follower.exchanged(lambda: sent("GET /2", "404"), over=True)
    follower.exchanged(lambda: sent("GET /3"), over=False)
    exchanges = [message.exchange for message in followed.kept() if isinstance(message, Exchanged)]
    assert exchanges == [sent(response="200"), sent("GET /2", "404"), sent("GET /3")]
    follower.step_ends(0)
    assert followed.kept() == []


def test_code_of_the_project(followed: Followed) -> None:
    """All is kept at once, with the secrets that it must not show, and what was sent before it."""
    follower = followed.follower
    followed.state.secrets.add(SECRET)
    follower.scenario_begins(STEPS)
    follower.step_begins(0, sent("GET /before"), own=True)
    follower.exchanged(lambda: sent(response="200"), over=True)
    known = frozenset({SECRET})
    assert followed.kept() == [
        Exchanged(sent("GET /before"), known, before=True),
        Exchanged(sent(response="200"), known),
    ]


def test_without_memory_that_is_no_file(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing secret is kept."""
    monkeypatch.setattr(memory, "IN_MEMORY", False)
    followed.state.secrets.add(SECRET)
    followed.follower.scenario_begins(STEPS)
    followed.follower.step_begins(0, None, own=True)
    followed.follower.exchanged(lambda: sent(f"GET /{SECRET}"), over=True)
    assert followed.kept() == [Exchanged(sent("GET /***"), frozenset())]
