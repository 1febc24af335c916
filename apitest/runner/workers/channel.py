"""A worker's end of the pipes to its parent: tasks come in, events and what tasks came to go out."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from apitest import events
from apitest.events import Event
from apitest.runner.workers import pipes
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Stop

_AT_ONCE = (events.ScenarioStarted, events.RunStarted, events.Notice, events.FileFailed)
"""What the parent is told of at once; anything else goes with the next of these, or with what a task came to."""


class Channel:
    """Sends and receives.

    Args:
        tasks: the pipe to read from.
        results: the pipe to write to.
        journal: what was not sent yet, for the parent of a worker that dies.
    """

    def __init__(self, tasks: int, results: int, journal: Journal) -> None:
        self._tasks, self._results, self._journal = tasks, results, journal
        self._inbox = pipes.Inbox(tasks)
        self._received: list[object] = []
        self._unsent: list[bytes] = []
        self._sent = 0
        self._step = b""

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """An interruption waits until a message is complete."""
        if threading.current_thread() is not threading.main_thread():  # which alone hears signals
            yield
            return
        heard: list[int] = []
        before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        if heard:
            raise KeyboardInterrupt

    def tell(self, event: Event) -> None:
        """Tells the parent of an event, which it hears of at once, or later, or when this process has died."""
        data = pipes.encoded(event)
        if type(event) is events.StepStarted:
            self._step = data
        else:
            if type(event) is events.StepFinished:
                self._step = b""
            number = self._sent + len(self._unsent)
            self._unsent.append(data)
            if isinstance(event, _AT_ONCE) or not self._journal.keep(number, data):
                self.send()
        if self._step:
            self._journal.mark(self._sent + len(self._unsent), self._step)

    def send(self, *messages: object) -> None:
        """Sends messages after the events that were not sent yet."""
        with self._whole():
            self._unsent += map(pipes.encoded, messages)
            try:
                pipes.write(self._results, *self._unsent)
            except BrokenPipeError:  # the parent is gone, and with it the reason to go on
                os._exit(1)
            self._sent += len(self._unsent)
            self._unsent = []
            self._journal.clear()

    def receive(self) -> object:
        """The next task, or what else the parent says; None at the end."""
        with self._whole():
            while not self._received:
                if not self._inbox.fill():
                    return None
                self._received += self._inbox.messages()
            return self._received.pop(0)

    def is_stopped(self) -> bool:
        """Whether the parent has said that the run is over; returns at once."""
        with self._whole():
            while select.select([self._tasks], [], [], 0)[0] and self._inbox.fill():
                self._received += self._inbox.messages()
            stops = [message for message in self._received if isinstance(message, Stop)]
            self._received = [message for message in self._received if not isinstance(message, Stop)]
        return bool(stops)
