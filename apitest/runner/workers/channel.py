"""A worker's end of the pipes to its parent: tasks come in, events and what tasks came to go out."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from apitest import events
from apitest.events import Event
from apitest.runner.workers import pipes
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Exchanged, Stop

_AT_ONCE = (events.RunStarted, events.Notice, events.FileFailed)
"""What the parent is told of at once, as of scenarios that failed; anything else goes with the next of these, with what
a task came to, or with a scenario that begins a while later. Before that, the parent finds it in the journal."""
_WHILE = 0.1  # seconds
_MOST = 20  # exchanges of a step


class Channel:
    """Sends and receives.

    Args:
        tasks: the pipe to read from.
        results: the pipe to write to.
        journal: what was not sent yet, for a parent that looks, or whose worker has died.
    """

    def __init__(self, tasks: int, results: int, journal: Journal) -> None:
        self._tasks, self._results, self._journal = tasks, results, journal
        self._inbox = pipes.Inbox(tasks)
        self._received: list[object] = []
        self._unsent: list[bytes] = []
        self._sent = 0
        self._sent_at = 0.0
        self._in_step = False
        self._step: list[bytes] = []  # what the step that runs has exchanged
        self._open = False  # whether the last exchange of the step is not over

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
        if heard and callable(before):
            before(heard[0], None)

    def tell(self, event: Event) -> None:
        """Tells the parent of an event, which it hears of at once, or later, or when this process has died."""
        data = pipes.encoded(event)
        number = self._sent + len(self._unsent)
        self._unsent.append(data)
        if isinstance(event, events.StepFinished):
            self._step = []
        if self._is_urgent(event) or not self._journal.keep(number, data):
            self.send()
        if self._step:
            self._mark()

    def _is_urgent(self, event: Event) -> bool:
        if isinstance(event, events.ScenarioStarted):
            return monotonic() - self._sent_at > _WHILE
        if isinstance(event, events.ScenarioFinished):
            return event.status not in events.SOUND
        return isinstance(event, _AT_ONCE)

    def step_begins(self, last: Exchanged | None) -> None:
        """A step begins, and this was exchanged before it."""
        self._in_step, self._open = True, False
        self._step = [pipes.encoded(last)] if last else []
        if self._step:
            self._mark()

    def step_ends(self) -> None:
        """A step is over: what it has exchanged is told, or of no interest."""
        self._in_step = False
        if self._step:
            self._step = []
            self._mark()

    def exchanged(self, message: Exchanged, *, over: bool) -> None:
        """What the step that runs has sent or received, for the parent of a worker that dies in it.

        Args:
            message: takes the place of the one before, unless that exchange is over.
            over: whether the exchange is.
        """
        if not self._in_step:  # but a hook
            return
        if self._open:
            self._step.pop()
        self._step.append(pipes.encoded(message))
        self._open = not over
        if len(self._step) > _MOST:
            del self._step[_MOST // 2]
        self._mark()

    def _mark(self) -> None:
        """Where there is no room, what is kept is sent, and the step has no more of its exchanges than there is."""
        if self._journal.mark(self._sent + len(self._unsent), self._step):
            return
        self.send()
        while not self._journal.mark(self._sent, self._step) and self._step:
            del self._step[0]

    def send(self, *messages: object) -> None:
        """Sends messages after the events that were not sent yet."""
        with self._whole():
            self._unsent += map(pipes.encoded, messages)
            try:
                pipes.write(self._results, *self._unsent)
            except BrokenPipeError:  # the parent is gone, and with it the reason to go on
                os._exit(1)
            self._sent += len(self._unsent)
            self._sent_at = monotonic()
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
