"""A worker's end of its pipes."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apitest import events
from apitest.runner.tasks import Task
from apitest.runner.workers import pipes
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.messages import Stop


class Pair:
    """A channel, and what its parent has of it."""

    def __init__(self) -> None:
        tasks, self.tasks = os.pipe()
        self.results, results = os.pipe()
        self.channel = Channel(tasks, results)
        self.inbox = pipes.Inbox(self.results)
        self.descriptors = [tasks, self.tasks, self.results, results]

    def came(self) -> list[Any]:
        """What the worker has sent since this was asked for last."""
        self.inbox.fill()
        return [message for messages in self.inbox.messages() for message in messages]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A channel and its parent."""
    made = Pair()
    yield made
    for descriptor in made.descriptors:
        os.close(descriptor)


def test_what_is_sent_at_once(pair: Pair) -> None:
    """The beginning of a scenario goes out at once, with all before it; its end goes with what comes next."""
    started = events.ScenarioStarted("a", 1, "s", ())
    finished = events.ScenarioFinished("a", 1, "s", "passed", 0.1, None)
    feature = events.FeatureStarted("a", 1, "a", ())
    pair.channel.tell(feature)
    pair.channel.tell(started)
    assert pair.came() == [feature, started]
    pair.channel.tell(finished)
    pair.channel.send("done")
    assert pair.came() == [finished, "done"]


def test_tasks_and_the_end(pair: Pair) -> None:
    """Tasks come in order, and nothing once the parent is gone."""
    pipes.write(pair.tasks, Task("a"))
    pipes.write(pair.tasks, Task("b"))
    assert [pair.channel.receive().file, pair.channel.receive().file] == ["a", "b"]
    os.close(pair.tasks)
    assert pair.channel.receive() is None
    pair.descriptors.remove(pair.tasks)


def test_stopping(pair: Pair) -> None:
    """Whether the parent has said so is found out without waiting, and no task is lost over it."""
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, Task("a"))
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, Stop())
    assert pair.channel.is_stopped()
    assert pair.channel.receive() == Task("a")


def test_an_interruption_tears_no_message(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a message is written is felt when it is complete, and the next one is not held up."""
    write = pipes.write

    def interrupted(descriptor: int, message: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        write(descriptor, message)

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
