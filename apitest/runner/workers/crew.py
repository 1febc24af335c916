"""The workers of a run: started, talked to, killed, with all that the parent holds of each."""

import os
from collections.abc import Callable
from contextlib import suppress

from apitest.parallel.units import Unit
from apitest.runner.workers import journal as journals
from apitest.runner.workers import pipes, starting
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.messages import Setup
from apitest.runner.workers.starting import Ends, Process


class Worker:
    """A worker as its parent knows it.

    Args:
        number: the first is 1; one that takes the place of another has its number.
        process: what runs it.
        tasks: the pipe to write tasks to.
        results: the pipe to read from; output: what its code prints.
        journal: what it has not sent yet.

    Attributes:
        units: what it runs; empty if nothing.
        file: that they are of, or that the last ones were of.
        finished: whether it has said that it has come to its end; refused: that it cannot begin.
        productive: whether it has come as far as a scenario.
        received: how many messages of it were taken.
        line: what it has printed of a line.
    """

    def __init__(self, number: int, process: Process, tasks: int, results: int, output: int, journal: Journal) -> None:
        self.number = number
        self.process = process
        self.results = results
        self.output = output
        self.inbox = pipes.Inbox(results)
        self.units: tuple[Unit, ...] = ()
        self.file = ""
        self.finished = self.refused = self.productive = False
        self.received = 0
        self.line = b""
        self._tasks = tasks
        self._journal = journal

    @property
    def descriptors(self) -> tuple[int, ...]:
        """The parent's ends of its pipes."""
        return (self._tasks, self.results, self.output)

    def send(self, message: object) -> None:
        """Tells it something; one that has died hears nothing, which is found out when its pipe ends."""
        with suppress(BrokenPipeError):
            pipes.write(self._tasks, pipes.encoded(message))

    def unsent(self) -> list[object]:
        """What it had told when it died, and had not sent; `received` has to be right."""
        return self._journal.unsent(self.received)

    def close(self) -> None:
        """Closes the parent's ends of its pipes, and lets go of the journal."""
        self._journal.close()
        for descriptor in self.descriptors:
            os.close(descriptor)


class Crew:
    """Starts workers.

    Args:
        setup: of the first; the others differ by their number.
        serve: what a worker does that is a copy of this process.
    """

    def __init__(self, setup: Setup, serve: Callable[[Setup, Channel], None]) -> None:
        self._setup = setup
        self._serve = serve
        self._lifeline, self._held = os.pipe()
        self.workers: dict[int, Worker] = {}

    def start(self, number: int) -> Worker:
        """A new worker of a number that none has.

        Raises:
            OSError: the system has no room for it.
        """
        tasks, tasks_parent = os.pipe()
        results_parent, results = os.pipe()
        output_parent, output = os.pipe()
        journal = journals.created()
        ends = Ends(tasks, results, output, self._lifeline, journal)
        setup = self._setup._replace(number=number)
        if starting.can_fork():
            held = [fd for other in self.workers.values() for fd in other.descriptors]
            others = [self._held, *held, tasks_parent, results_parent, output_parent]
            process = starting.fork(lambda channel: self._serve(setup, channel), number, ends, others)
        else:
            process = starting.fresh(setup, ends)
            pipes.write(tasks_parent, pipes.encoded(setup))
        kept = Journal(journal)
        for descriptor in (tasks, results, output, journal):
            os.close(descriptor)
        worker = self.workers[number] = Worker(number, process, tasks_parent, results_parent, output_parent, kept)
        return worker

    def dismiss(self, worker: Worker, *, kill: bool) -> int:
        """A worker that has ended leaves; its exit status, as `Process.wait` has it.

        Args:
            worker: which; its pipes stay open.
            kill: with all that it has started.
        """
        if kill:
            worker.process.kill()
        del self.workers[worker.number]
        return worker.process.wait()

    def kill(self) -> None:
        """Kills all workers, with all that they have started."""
        for worker in self.workers.values():
            worker.process.kill()

    def close(self) -> None:
        """Kills all that is left."""
        for worker in list(self.workers.values()):
            self.dismiss(worker, kill=True)
            worker.close()
        os.close(self._held)
        os.close(self._lifeline)
