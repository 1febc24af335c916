"""The threads that plain (not ``async``) services run in: bounded, and it survives a service that never returns."""

import asyncio
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from apitest_server.errors import ServiceTimeout, ServiceUnavailable


class _Job:
    __slots__ = ("abandoned", "function", "future", "timer", "worker")

    def __init__(self, function: Callable[[], Any], future: "asyncio.Future[Any]") -> None:
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
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = Lock()
        self._threads = 0
        self._idle = 0
        self._stuck = 0

    def submit(self, function: Callable[[], Any], timeout: float) -> "asyncio.Future[Any]":
        """Runs a function in a thread; to be called on the event loop.

        Raises:
            ServiceUnavailable: the queue is full.
        """
        if self._jobs.qsize() >= self.queue or self._stuck >= 4 * self.size:
            raise ServiceUnavailable
        loop = asyncio.get_running_loop()
        job = _Job(function, loop.create_future())
        job.timer = loop.call_later(timeout, self._expire, job)
        with self._lock:
            start = self._idle <= self._jobs.qsize() and self._threads < self.size
            if start:
                self._threads += 1
        self._jobs.put(job)
        if start:
            _Worker(self, loop).start()
        return job.future

    def close(self) -> None:
        """Ends the threads that are not at work; those that are end after it."""
        with self._lock:
            count = self._threads
        for _ in range(count):
            self._jobs.put(None)

    def _expire(self, job: _Job) -> None:
        """The time of a job is over (on the event loop)."""
        with self._lock:
            job.abandoned = True
            if job.worker is not None:
                job.worker.written_off = True
                self._threads -= 1
                self._stuck += 1
        if not job.future.done():
            job.future.set_exception(ServiceTimeout())

    def _finish(self, job: _Job, result: Any, error: BaseException | None) -> None:
        """A job's thread is done (on the event loop)."""
        if job.timer is not None:
            job.timer.cancel()
        if job.future.done():
            return
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(error)


class _Worker(Thread):
    """One thread. It ends when it takes ``None`` or was written off."""

    def __init__(self, pool: ThreadPool, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="service", daemon=True)
        self.pool = pool
        self.loop = loop
        self.written_off = False

    def run(self) -> None:
        """Takes jobs until told to end."""
        while not self.written_off:
            job = self._take()
            if job is None:
                return
            if not job.abandoned:
                self._do(job)
        with self.pool._lock:
            self.pool._stuck -= 1

    def _take(self) -> _Job | None:
        pool = self.pool
        with pool._lock:
            pool._idle += 1
        job = pool._jobs.get()
        with pool._lock:
            pool._idle -= 1
            if job is None:
                pool._threads -= 1
            elif not job.abandoned:
                job.worker = self
        return job

    def _do(self, job: _Job) -> None:
        result, error = None, None
        try:
            result = job.function()
        except BaseException as raised:  # It belongs to whoever waits for the job, SystemExit as well
            error = raised
        with self.pool._lock:
            job.worker = None
        try:
            self.loop.call_soon_threadsafe(self.pool._finish, job, result, error)
        except RuntimeError:
            return  # The loop was closed meanwhile: nobody waits for the result
