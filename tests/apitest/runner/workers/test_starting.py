"""Starting workers, as copies of a process and as interpreters of their own."""

import os
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from apitest.runner.workers import memory, pipes, starting
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.starting import Ends, Process, Serve
from tests.apitest.processes import gone, wait_until


class Parent:
    """The parent's side of a worker's pipes."""

    def __init__(self) -> None:
        self.tasks_read, self.tasks = os.pipe()
        self.results, self.results_write = os.pipe()
        self.output, self.output_write = os.pipe()
        self.lifeline_read, self.lifeline = os.pipe()
        self.ends = Ends(self.tasks_read, self.results_write, self.output_write, self.lifeline_read, memory.created())
        self.own = [self.tasks, self.results, self.output, self.lifeline]

    def fork(self, serve: Serve) -> Process:
        """A copy of this process that serves."""
        with warnings.catch_warnings():  # of threads that the test run has; this copy uses nothing of theirs
            warnings.simplefilter("ignore", DeprecationWarning)
            process = starting.fork(serve, 5, self.ends, self.own)
        for descriptor in self.ends:
            os.close(descriptor)
        return process

    def messages(self) -> list[Any]:
        """All that the worker sends until it ends."""
        inbox = pipes.Inbox(self.results)
        while inbox.fill():
            pass
        return inbox.messages()

    def close(self, *others: int) -> None:
        """Closes the parent's side, as far as it is open."""
        for descriptor in self.own:
            if descriptor not in others:
                os.close(descriptor)


@pytest.fixture
def parent() -> Iterator[Parent]:
    """A parent whose worker did not start yet."""
    made = Parent()
    yield made
    made.close()


def test_a_copy_serves_and_ends(parent: Parent) -> None:
    """A forked worker knows its number, what it prints goes to its parent, and it leads a group of its own."""

    def serve(channel: Channel, course: Course) -> None:
        print("printed")
        channel.send(os.environ["APITEST_WORKER"], os.getpgrp() == os.getpid(), channel.receive())

    pipes.write(parent.tasks, pipes.encoded("task"))
    process = parent.fork(serve)
    assert parent.messages() == ["5", True, "task"]
    assert process.wait() == process.wait() == 0
    assert os.read(parent.output, 100) == b"printed\n"


def test_a_copy_that_fails(parent: Parent) -> None:
    """An error that nobody expected ends the worker with status 1, and its traceback goes to the parent."""

    def serve(channel: Channel, course: Course) -> None:
        raise LookupError("unexpected")

    process = parent.fork(serve)
    wait_until(process.has_ended)
    assert process.wait() == 1
    assert b"LookupError: unexpected" in os.read(parent.output, 10_000)


def test_killed_with_all_that_it_has_started(parent: Parent) -> None:
    """Killing a worker kills its children, which Ctrl-C alone does not reach."""

    def serve(channel: Channel, course: Course) -> None:
        child = os.fork()
        if not child:
            while True:
                time.sleep(60)
        try:
            channel.send(child)
            time.sleep(60)
        except KeyboardInterrupt:
            channel.send("interrupted")
        time.sleep(60)

    process = parent.fork(serve)
    inbox = pipes.Inbox(parent.results)
    inbox.fill()
    (child,) = inbox.messages()
    process.interrupt()
    inbox.fill()
    assert inbox.messages() == ["interrupted"]
    assert not process.has_ended()
    assert not gone(child)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    wait_until(lambda: gone(child))
    process.interrupt()
    process.kill()


def test_a_worker_ends_with_its_parent(parent: Parent) -> None:
    """A worker whose parent is gone ends at once, whatever it does."""

    def serve(channel: Channel, course: Course) -> None:
        channel.send("ready")
        time.sleep(60)

    process = parent.fork(serve)
    inbox = pipes.Inbox(parent.results)
    inbox.fill()
    os.close(parent.lifeline)
    parent.own.remove(parent.lifeline)
    assert process.wait() == -signal.SIGKILL


def test_when_to_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process with other threads is not copied, nor one on macOS."""
    event = threading.Event()
    thread = threading.Thread(target=event.wait)
    thread.start()
    assert not starting.can_fork()
    monkeypatch.setattr(os, "listdir", lambda path: (_ for _ in ()).throw(FileNotFoundError()))
    assert not starting.can_fork()
    event.set()
    thread.join()
    monkeypatch.setattr(os, "listdir", lambda path: ["1"])
    assert starting.can_fork() is (starting.sys.platform != "darwin")
