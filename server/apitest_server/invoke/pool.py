"""The threads that plain (not ``async``) services run in: bounded, and it survives a service that never returns.

Threads that compute share one interpreter, so more of them than there are processors only get in each other's way,
while those that wait for something else cost nothing. Which a service does nobody knows beforehand. So a few threads
are woken at once, others only when calls wait and none of the threads at work comes to an end; and they go to rest
again when calls turn out to be short.
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread
from time import perf_counter
from typing import Any, TypeVar

from apitest_server.errors import ServiceTimeout, ServiceUnavailable
from apitest_server.invoke.crashes import harmless

EAGER = max(2, min(4, os.cpu_count() or 1))
PATIENCE = 0.002  # seconds without any call coming to an end until more threads are woken
SHORT = 0.001  # seconds; after a call as short as this a thread more than needed rests


T = TypeVar("T")


class _Job:
    __slots__ = ("abandoned", "function", "future", "timer", "worker")

    def __init__(self, function: Callable[[], object], future: "asyncio.Future[Any]") -> None:
        self.function = function
        self.future = future
        self.worker: _Worker | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.abandoned = False


class ThreadPool:
    """At most ``size`` threads and ``queue`` waiting calls.

    A call that takes longer than its time is answered with a time-out. A thread cannot be stopped from outside, so
    it is written off: another takes its place, and it ends by itself if the call ever returns. So that this
    cannot go on for ever, calls are refused once four times as many threads as the pool has are written off.
    """

    def __init__(self, size: int, queue: int) -> None:
        self.size = size
        self.queue = queue
        self._eager = min(size, EAGER)
        self._lock = Lock()
        self._jobs: deque[_Job] = deque()
        self._resting: list[_Worker] = []
        self._threads = 0  # Those at work and at rest, without those that are written off
        self._stuck = 0
        self._begun = 0
        self._begun_before = -1
        self._is_watched = False
        self._is_closed = False
        self._results: deque[tuple[_Job, object, BaseException | None]] = deque()
        self._told: asyncio.AbstractEventLoop | None = None

    def submit(self, function: Callable[[], T], timeout: float) -> "asyncio.Future[T]":
        """Runs a function in a thread; to be called on the event loop.

        Raises:
            ServiceUnavailable: the queue is full.
        """
        if not self.has_room:
            raise ServiceUnavailable
        loop = asyncio.get_running_loop()
        job = _Job(function, loop.create_future())
        job.timer = loop.call_later(timeout, self._expire, job)
        with self._lock:
            self._jobs.append(job)
            if self._threads - len(self._resting) < self._eager:
                self._wake(1)
            elif not self._is_watched:
                self._is_watched = True
                loop.call_later(PATIENCE, self._watch, loop)
        return job.future

    @property
    def has_room(self) -> bool:
        """Whether a call would be taken now."""
        return len(self._jobs) < self.queue and self._stuck < 4 * self.size

    def close(self) -> None:
        """Ends the threads that are not at work; those that are end after it."""
        with self._lock:
            self._is_closed = True
            for worker in self._resting:
                worker.bell.release()
            self._resting.clear()

    def _wake(self, count: int) -> None:
        """Lets more threads work, those that rested last first; the lock is held."""
        for _ in range(count):
            if self._resting:
                self._resting.pop().bell.release()
            elif self._threads < self.size:
                self._threads += 1
                _Worker(self).start()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Calls wait: if no other was begun meanwhile, as many threads more as are at work (on the event loop)."""
        with self._lock:
            if self._jobs and self._begun == self._begun_before:
                self._wake(max(1, self._threads - len(self._resting)))
            self._begun_before = self._begun
            self._is_watched = bool(self._jobs)
        if self._is_watched:
            loop.call_later(PATIENCE, self._watch, loop)

    def _next(self, worker: "_Worker", took: float) -> _Job | None:
        """A job for a thread that has done one, or ``None`` if it is to rest or to end."""
        with self._lock:
            if worker.written_off:
                self._stuck -= 1
                return None
            if self._is_closed and not self._jobs:
                self._threads -= 1
                return None
            at_work = self._threads - len(self._resting)
            if not self._jobs or (took < SHORT and at_work > self._eager):
                self._resting.append(worker)
                return None
            job = self._jobs.popleft()
            self._begun += 1
            job.worker = None if job.abandoned else worker
            return job

    def _expire(self, job: _Job) -> None:
        """The time of a job is over (on the event loop)."""
        with self._lock:
            job.abandoned = True
            if job.worker is not None:
                job.worker.written_off = True
                self._threads -= 1
                self._stuck += 1
                if self._jobs:
                    self._wake(1)
        if not job.future.done():
            job.future.set_exception(ServiceTimeout())

    def _done(self, job: _Job, result: object, error: BaseException | None) -> None:
        """A job's thread has done it; the event loop is told of all that are done by the time it looks."""
        loop = job.future.get_loop()
        with self._lock:
            job.worker = None
            if self._told is not None and self._told is not loop:
                self._results.clear()  # Of a loop that ended before it looked
            self._results.append((job, result, error))
            if self._told is loop:
                return
            self._told = loop
        try:
            loop.call_soon_threadsafe(self._deliver)
        except RuntimeError:  # The loop was closed meanwhile: nobody waits for the results
            with self._lock:
                self._results.clear()
                self._told = None

    def _deliver(self) -> None:
        """Gives the results to those who wait for them (on the event loop)."""
        with self._lock:
            results, self._results = self._results, deque()
            self._told = None
        for job, result, error in results:
            if job.timer is not None:
                job.timer.cancel()
            if job.future.done():
                continue
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)


class _Worker(Thread):
    """One thread: works, rests until its bell is rung, or ends."""

    def __init__(self, pool: ThreadPool) -> None:
        super().__init__(name="service", daemon=True)
        self.pool = pool
        self.written_off = False
        self.bell = Lock()
        self.bell.acquire()

    def run(self) -> None:
        """Takes jobs until told to end."""
        took = SHORT
        while True:
            job = self.pool._next(self, took)
            if job is not None:
                took = 0.0 if job.abandoned else self._do(job)
            elif self.written_off or self.pool._is_closed:
                return
            else:
                self.bell.acquire()
                took = SHORT

    def _do(self, job: _Job) -> float:
        """Does a job; returns how long it took, in seconds."""
        started = perf_counter()
        result, error = None, None
        try:
            result = job.function()
        except BaseException as raised:  # SystemExit must not end the thread, nor reach the event loop
            error = harmless(raised)
        took = perf_counter() - started
        self.pool._done(job, result, error)
        return took
