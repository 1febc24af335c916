"""A worker's end of its pipes."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apitest import events
from apitest.runner.tasks import Task
from apitest.runner.workers import channel, memory, pipes
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.memory import JOURNAL as SIZE
from apitest.runner.workers.messages import Exchanged, Stop


class Pair:
    """A channel, and what its parent has of it."""

    def __init__(self) -> None:
        tasks, self.tasks = os.pipe()
        self.results, results = os.pipe()
        shared = memory.created()
        self.journal = Journal(memory.of_journal(shared))
        self.channel = Channel(tasks, results, Journal(memory.of_journal(shared)))
        os.close(shared)
        self.inbox = pipes.Inbox(self.results)
        self.descriptors = [tasks, self.tasks, self.results, results]

    def came(self) -> list[Any]:
        """What the worker has sent since this was asked for last."""
        self.inbox.fill()
        return self.inbox.messages()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A channel and its parent."""
    made = Pair()
    yield made
    made.journal.close()
    for descriptor in made.descriptors:
        os.close(descriptor)


STARTED = events.ScenarioStarted("a", 1, "s", ())
PASSED = events.ScenarioFinished("a", 1, "s", "passed", 0.1, None)


def test_what_is_sent_at_once(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure and a note go out at once, with all before them; what passed goes with what comes next."""
    feature, note = events.FeatureStarted("a", 1, "a", ()), events.Notice("x")
    pair.channel.tell(feature)
    pair.channel.tell(STARTED)
    assert pair.came() == [feature, STARTED]  # nothing was sent for a long time
    monkeypatch.setattr(channel, "_WHILE", 1000)
    pair.channel.tell(PASSED)
    pair.channel.tell(STARTED)
    pair.channel.tell(failed := PASSED._replace(status="failed"))
    assert pair.came() == [PASSED, STARTED, failed]
    pair.channel.tell(STARTED)
    pair.channel.tell(note)
    assert pair.came() == [STARTED, note]
    pair.channel.tell(PASSED)
    pair.channel.send("done")
    assert pair.came() == [PASSED, "done"]


def test_what_passed_goes_with_a_scenario_that_begins_a_while_later(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before that, the parent finds it in the journal."""
    monkeypatch.setattr(channel, "_WHILE", 1000)
    pair.channel.send("first")
    assert pair.came() == ["first"]
    pair.channel.tell(PASSED)
    pair.channel.tell(STARTED)
    assert pair.journal.unsent(1) == [PASSED, STARTED]
    monkeypatch.setattr(channel, "_WHILE", 0)
    pair.channel.tell(STARTED)
    assert pair.came() == [PASSED, STARTED, STARTED]


def test_tasks_and_the_end(pair: Pair) -> None:
    """Tasks come in order, and nothing once the parent is gone."""
    pipes.write(pair.tasks, pipes.encoded(Task("a")))
    pipes.write(pair.tasks, pipes.encoded(Task("b")))
    assert [pair.channel.receive().file, pair.channel.receive().file] == ["a", "b"]
    os.close(pair.tasks)
    assert pair.channel.receive() is None
    pair.descriptors.remove(pair.tasks)


def test_stopping(pair: Pair) -> None:
    """Whether the parent has said so is found out without waiting, and no task is lost over it."""
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, pipes.encoded(Task("a")))
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, pipes.encoded(Stop()))
    assert pair.channel.is_stopped()
    assert pair.channel.receive() == Task("a")


def test_an_interruption_tears_no_message(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a message is written is felt when it is complete, and the next one is not held up."""
    write = pipes.write

    def interrupted(descriptor: int, *messages: bytes) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        write(descriptor, *messages)

    monkeypatch.setattr(pipes, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pair.channel.send("whole")
    monkeypatch.undo()
    assert pair.came() == ["whole"]
    pair.channel.send("next")
    assert pair.came() == ["next"]


def test_other_threads_send_as_well(pair: Pair) -> None:
    """A thread of a project's own may tell something."""
    thread = threading.Thread(target=pair.channel.tell, args=(events.Notice("x"),))
    thread.start()
    thread.join()
    assert pair.came() == [events.Notice("x")]


def test_what_the_parent_finds_when_the_worker_has_died(pair: Pair) -> None:
    """What was told since it heard last, and what the step that runs has exchanged, whatever came in between."""
    done = [events.StepFinished("Given", name, 3, "passed", 0.1, None, None, None) for name in ("a", "b")]
    pair.channel.tell(STARTED)
    received = len(pair.came())
    pair.channel.step_begins(exchanged("GET /before"))
    assert pair.journal.unsent(received) == [exchanged("GET /before")]
    pair.channel.tell(done[0])
    pair.channel.step_ends()
    assert pair.journal.unsent(received) == done[:1]
    pair.channel.step_begins(None)
    pair.channel.exchanged(exchanged("GET /"), over=True)
    pair.channel.tell(event := events.Exchange("HTTP", "GET /"))
    assert pair.journal.unsent(received) == [done[0], event, exchanged("GET /")]
    pair.channel.tell(events.Notice("x"))
    received += len(pair.came())
    assert pair.journal.unsent(received) == [exchanged("GET /")]
    pair.channel.tell(done[1])
    assert pair.journal.unsent(received) == done[1:]


def test_what_has_no_room_is_sent(pair: Pair) -> None:
    """A step that the journal has no room for goes out at once, with all before it."""
    body = "x" * (SIZE // 3)
    step = events.StepFinished("Given", body, 3, "passed", 0.1, None, None, None)
    came: list[Any] = []

    def read() -> None:
        while len(came) < 3:
            came.extend(pair.came())

    reader = threading.Thread(target=read)
    reader.start()
    pair.channel.tell(step)
    pair.channel.tell(step)
    assert pair.journal.unsent(0) == [step, step]
    assert came == []
    pair.channel.tell(step)
    reader.join()
    assert came == [step] * 3
    assert pair.journal.unsent(3) == []


def exchanged(request: str, response: str = "") -> Exchanged:
    """What a step has sent, and received."""
    return Exchanged(events.Exchange("HTTP", request, response=response), frozenset({"s3cret-word"}))


def test_what_the_step_that_runs_has_exchanged(pair: Pair) -> None:
    """The parent of a worker that dies finds it: what was answered, and what was only sent."""
    pair.channel.exchanged(exchanged("GET /hook"), over=True)  # of a hook: no step runs
    assert pair.journal.unsent(0) == []
    pair.channel.step_begins(None)
    assert pair.journal.unsent(0) == []
    pair.channel.exchanged(exchanged("GET /1"), over=False)
    assert pair.journal.unsent(0) == [exchanged("GET /1")]
    pair.channel.exchanged(exchanged("GET /1", "200"), over=True)
    pair.channel.exchanged(exchanged("GET /2"), over=False)
    assert pair.journal.unsent(0) == [exchanged("GET /1", "200"), exchanged("GET /2")]
    pair.channel.step_ends()
    assert pair.journal.unsent(0) == []
    pair.channel.exchanged(exchanged("GET /hook"), over=True)
    assert pair.journal.unsent(0) == []


def test_of_many_exchanges_some_are_kept(pair: Pair) -> None:
    """The first ones and the last ones; where there is no room for all, the last ones; at the end, none."""
    pair.channel.step_begins(None)
    for number in range(30):
        pair.channel.exchanged(exchanged(f"GET /{number}"), over=True)
    assert [one.exchange.request for one in pair.journal.unsent(0) if isinstance(one, Exchanged)] == [
        *(f"GET /{number}" for number in range(10)),
        *(f"GET /{number}" for number in range(20, 30)),
    ]
    pair.channel.exchanged(exchanged("x" * (SIZE // 2)), over=True)
    pair.channel.exchanged(exchanged("y" * (SIZE // 2)), over=True)
    assert pair.journal.unsent(0) == [exchanged("y" * (SIZE // 2))]
    pair.channel.exchanged(exchanged("z" * SIZE), over=True)
    assert pair.journal.unsent(0) == []
