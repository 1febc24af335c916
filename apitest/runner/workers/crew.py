"""The workers of a run: started, talked to, killed, with all that the parent holds of each."""

import os
from collections.abc import Callable
from contextlib import suppress

from apitest.parallel.reached import Reached
from apitest.parallel.units import Unit
from apitest.runner.workers import memory, pipes, starting
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
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
        shared: memory, as `memory.created` has it, which whoever makes the worker closes.

    Attributes:
        units: what it runs; empty if nothing.
        file: that they are of, or that the last ones were of.
        finished: whether it has said that it has come to its end; refused: that it cannot begin.
        productive: whether it has come as far as a scenario.
        arrived: how many messages have come; received: how many were taken, some of which are still to come.
        heard_at: when something of it was taken last.
        line: what it has printed of a line.
    """

    def __init__(self, number: int, process: Process, tasks: int, results: int, output: int, shared: int) -> None:
        self.number = number
        self.process = process
        self.results = results
        self.output = output
        self.inbox = pipes.Inbox(results)
        self.units: tuple[Unit, ...] = ()
        self.file = ""
        self.finished = self.refused = self.productive = False
        self.arrived = self.received = 0
        self.heard_at = 0.0
        self.line = b""
        self._tasks = tasks
        self._journal = Journal(memory.of_journal(shared))
        self._course = Course(memory.of_course(shared))

    @property
    def descriptors(self) -> tuple[int, ...]:
        """The parent's ends of its pipes."""
        return (self._tasks, self.results, self.output)

    def send(self, message: object) -> None:
        """Tells it something; one that has died hears nothing, which is found out when its pipe ends."""
        with suppress(BrokenPipeError):
            pipes.write(self._tasks, pipes.encoded(message))

    def unsent(self) -> list[object]:
        """What it has told, and not sent; `received` has to be right."""
        return self._journal.unsent(self.received)

    def reached(self) -> Reached:
        """How far the scenario had come that it ran when it died, or the last one before that."""
        return self._course.reached()

    def close(self) -> None:
        """Closes the parent's ends of its pipes, and lets go of the memory."""
        self._journal.close()
        self._course.close()
        for descriptor in self.descriptors:
            os.close(descriptor)


class Crew:
    """Starts workers.

    Args:
        setup: of the first; the others differ by their number.
        serve: what a worker does that is a copy of this process.
    """

    def __init__(self, setup: Setup, serve: Callable[[Setup, Channel, Course], None]) -> None:
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
        shared = memory.created()
        ends = Ends(tasks, results, output, self._lifeline, shared)
        setup = self._setup._replace(number=number)
        if starting.can_fork():
            held = [fd for other in self.workers.values() for fd in other.descriptors]
            others = [self._held, *held, tasks_parent, results_parent, output_parent]
            process = starting.fork(lambda channel, course: self._serve(setup, channel, course), number, ends, others)
        else:
            process = starting.fresh(setup, ends)
            pipes.write(tasks_parent, pipes.encoded(setup))
        worker = self.workers[number] = Worker(number, process, tasks_parent, results_parent, output_parent, shared)
        for descriptor in (tasks, results, output, shared):
            os.close(descriptor)
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
