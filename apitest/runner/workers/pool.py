"""The parent's part of a parallel run: it hands out work, takes what comes of it, and survives what workers do."""

import os
import selectors
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol, cast

from apitest import events
from apitest.errors import ApitestError
from apitest.events import Listener
from apitest.parallel.book import Book
from apitest.parallel.queue import Queue
from apitest.parallel.tally import Tally
from apitest.parallel.units import Unit
from apitest.redaction import redact
from apitest.runner.tasks import Task
from apitest.runner.workers import deaths
from apitest.runner.workers.alarm import Alarm
from apitest.runner.workers.crew import Crew, Worker
from apitest.runner.workers.messages import Done, Exchanged, Finished, Refused, Stop

GRACE = 5.0  # seconds that workers have for their hooks and clean-ups once the run was interrupted
_TURN = 0.25  # seconds after which what waits is looked at, whatever workers tell


class Work(Protocol):
    """What there is to run."""

    def task(self, units: tuple[Unit, ...]) -> Task: ...


class Pool:
    """Runs units in workers.

    Args:
        work: makes tasks of units.
        queue: what waits.
        book: takes what comes of it.
        crew: starts workers.
        emit: is told of what belongs to no scenario.
        start: called once, before the first event.

    Attributes:
        seen: what workers say of scenarios that were not chosen.
        aborted: why the run ended early; empty if it did not.
    """

    def __init__(
        self, work: Work, queue: Queue, book: Book, crew: Crew, emit: Listener, start: Callable[[], None]
    ) -> None:
        self._work = work
        self._queue = queue
        self._book = book
        self._crew = crew
        self._emit = emit
        self._start = start
        self._started = False
        self._over = self._interrupts = False
        self._killed_at = float("inf")
        self._without: dict[Unit, frozenset[int]] = {}
        self._killed: set[Unit] = set()  # what workers had that have died: whoever runs it next may do so because of it
        self._selector = selectors.DefaultSelector()
        self._stops = False
        self.seen: list[Finished] = []
        self.aborted = ""

    def run(self, workers: int, *, stops: bool) -> None:
        """Runs all that waits.

        Args:
            workers: how many.
            stops: the run ends with the first failure.

        Raises:
            ApitestError: the project's own Python cannot be used; nothing ran.
            KeyboardInterrupt: the run was to end at once.
        """
        self._stops = stops
        with Alarm(self._crew.kill) as alarm, self._selector:
            self._selector.register(alarm.descriptor, selectors.EVENT_READ)
            try:
                for number in range(1, workers + 1):
                    self._add(number)
                while self._crew.workers:
                    self._turn(alarm)
                if len(self._queue) and not self._over:
                    told = deaths.nobody_left(len(self._queue))
                    self._book.take(0, events.FileFailed("workers", told), monotonic())
                    self._book.ended(Tally(exit_statuses=(told.exit_status,), failed=True))
            finally:
                self._crew.close()

    def _add(self, number: int) -> None:
        worker = self._crew.start(number)
        self._selector.register(worker.results, selectors.EVENT_READ, worker)
        self._selector.register(worker.output, selectors.EVENT_READ, worker)
        self._hand_out(worker)

    def _turn(self, alarm: Alarm) -> None:
        """Takes what has come since the last turn."""
        came = self._selector.select(_TURN)
        for key, _ in came:
            worker: Worker | None = key.data
            if worker is None:
                self._interrupted(alarm)
            elif worker in self._crew.workers.values():  # it has not left in this very turn
                (self._printed if key.fd == worker.output else self._heard)(worker)
        if not came:  # what a dead worker has started may keep its pipes open
            for worker in [each for each in self._crew.workers.values() if each.process.has_ended()]:
                self._ended(worker)
        self._look_in(monotonic())
        self._book.tick(monotonic())
        if monotonic() > self._killed_at:
            self._crew.kill()

    # ------------------------------------------------------------------ handing out

    def _hand_out(self, worker: Worker) -> None:
        """Gives a worker what comes next; one that may run nothing now waits for another to end."""
        worker.units = self._queue.take(worker.file)
        if worker.units:
            worker.file = worker.units[0].file
            self._book.hand_out(worker.number, worker.units)
            task = self._work.task(worker.units)
            without = self._without.get(worker.units[0], frozenset())
            worker.send(task._replace(run=not self._over, without=without))
        elif not len(self._queue):
            worker.send(None)

    def _hand_out_to_all(self) -> None:
        for worker in self._crew.workers.values():
            if not worker.units and not worker.finished:
                self._hand_out(worker)

    # ------------------------------------------------------------------ listening

    def _heard(self, worker: Worker) -> None:
        if not worker.inbox.fill():
            self._ended(worker)
            return
        worker.heard_at = monotonic()
        for message in worker.inbox.messages():
            worker.arrived += 1
            if worker.arrived > worker.received:  # else it was found before it came
                worker.received = worker.arrived
                self._take(worker, message)
        if worker.finished:
            self._ended(worker)

    def _look_in(self, now: float) -> None:
        """Finds what workers have told and not sent, if it was quiet for a while: what they run may take its time."""
        for worker in self._crew.workers.values():
            if worker.units and now - worker.heard_at > _TURN:
                worker.heard_at = now
                for message in worker.unsent():
                    if isinstance(message, Exchanged):  # which counts only if it dies
                        break
                    worker.received += 1
                    self._take(worker, message)

    def _take(self, worker: Worker, message: object) -> None:
        if isinstance(message, Done):
            self._done(worker, message.tally)
        elif isinstance(message, Finished):
            worker.finished = True  # what it has started may hold its pipe for longer
            self._book.ended(message.tally)
            self.seen.append(message)
            self._look_at(message.tally)
        elif isinstance(message, Refused):
            worker.refused = True
            self._refused(message.error)
        elif isinstance(message, Exchanged):
            self._book.exchanged(worker.number, redact(message.exchange, message.secrets), before=message.before)
        elif isinstance(message, events.RunStarted):
            self._begin()
        else:
            worker.productive |= isinstance(message, events.ScenarioStarted)
            self._book.take(worker.number, cast(events.Event, message), monotonic())

    def _done(self, worker: Worker, tally: Tally) -> None:
        self._book.done(worker.number, tally)
        self._queue.done(worker.units)
        worker.units, worker.productive = (), True
        self._look_at(tally)
        self._hand_out_to_all()

    def _refused(self, error: ApitestError) -> None:
        if not self._started:
            raise error
        self._book.take(0, events.FileFailed("the project's Python", events.Failure.of(error)), monotonic())

    def _begin(self) -> None:
        if not self._started:
            self._started = True
            self._start()

    def _look_at(self, tally: Tally) -> None:
        """Ends the run where a worker has ended it, or where something failed in a run that stops there."""
        self.aborted = self.aborted or tally.aborted
        if (tally.aborted or (self._stops and tally.failed)) and not self._over:
            self._over = True
            for worker in self._crew.workers.values():
                worker.send(Stop())

    def _printed(self, worker: Worker) -> None:
        """What a worker's code prints, line by line, between two results."""
        data = os.read(worker.output, 1 << 16)
        *lines, worker.line = (worker.line + data).split(b"\n") if data else (worker.line, b"")
        if not data:
            self._selector.unregister(worker.output)
        for line in filter(None, lines):
            self._tell(f"worker {worker.number}: {line.decode('utf-8', 'replace').rstrip()}")

    def _tell(self, text: str) -> None:
        self._begin()
        self._emit(events.Notice(text))

    # ------------------------------------------------------------------ ends

    def _interrupted(self, alarm: Alarm) -> None:
        """Ctrl-C, once: workers end what they run, with its hooks and clean-ups, within a time."""
        os.read(alarm.descriptor, 16)
        self.aborted = self.aborted or alarm.reason
        self._over = self._interrupts = True
        self._killed_at = monotonic() + GRACE
        for worker in self._crew.workers.values():
            if worker.units:
                worker.process.interrupt()
            elif not worker.finished:
                self._hand_out(worker)

    def _ended(self, worker: Worker) -> None:
        """A worker has come to its end, or died."""
        self._selector.unregister(worker.results)
        status = self._crew.dismiss(worker, kill=not worker.finished or self._interrupts)
        self._drain(worker)
        for message in worker.unsent():
            self._take(worker, message)
        self._book.reached(worker.number, worker.reached())
        worker.close()
        units, worker.units = worker.units, ()
        if units:
            self._queue.done(units)
        if worker.refused or (worker.finished and not units):
            self._queue.put_back(units)
            return self._hand_out_to_all()
        blameless = not self._over and deaths.from_outside(status) and self._killed.isdisjoint(units)
        self._killed.update(units)
        left = self._report_death(worker, status, units, blameless=blameless)
        self._queue.put_back(left)
        if (worker.productive or (blameless and units)) and not self._over and len(self._queue):
            self._add(worker.number)
        return self._hand_out_to_all()

    def _report_death(self, worker: Worker, status: int, units: tuple[Unit, ...], *, blameless: bool) -> Sequence[Unit]:
        """Tells what a worker was running when it ended; what is left of its units."""
        now, running = monotonic(), self._book.running.get(worker.number)
        failure: events.Failure | None = deaths.failure(worker.number, status, running)
        if self._interrupts:
            failure = deaths.interrupted(worker.number, now - running.since) if running else None
        self._begin()
        left, lines = self._book.died(worker.number, failure, now, blameless=blameless)
        self._look_at(Tally(failed=failure is not None))
        for unit in left:
            self._without[unit] = self._without.get(unit, frozenset()) | lines
        return left

    def _drain(self, worker: Worker) -> None:
        """Tells what a worker printed last."""
        if worker.output not in self._selector.get_map():
            return
        os.set_blocking(worker.output, False)
        try:
            while worker.output in self._selector.get_map():
                self._printed(worker)
        except BlockingIOError:  # something that it started still has the pipe
            self._selector.unregister(worker.output)
