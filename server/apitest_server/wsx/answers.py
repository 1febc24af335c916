"""Requests that wait for the other end's answers."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from apitest_server.errors import HTTPError, NotFound, ServiceTimeout


class _Waiting(NamedTuple):
    future: asyncio.Future[object]
    timer: asyncio.TimerHandle


class Answers:
    """Who waits for what one other end will answer."""

    __slots__ = ("_is_heard", "_late", "_loop", "_name", "_waiting")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        name: str = "The client",
        late: Callable[[str], None] = lambda _: None,
        is_heard: Callable[[], bool] = lambda: True,
    ) -> None:
        """Takes what it works with.

        Args:
            loop: the event loop.
            name: what the other end is called in errors.
            late: called with the ID of a request that nobody waits for any longer, since the time is over.
            is_heard: whether what the other end has sent is being read.
        """
        self._loop = loop
        self._name = name
        self._late = late
        self._is_heard = is_heard
        self._waiting: dict[str, _Waiting] = {}

    def wait(self, number: str, timeout: float, is_patient: bool = False) -> asyncio.Future[object]:
        """What will be answered to a request; it is expected from now on.

        A future and not a coroutine, and a timer of its own: there is one for each delivery.

        Args:
            number: the ID of the request.
            timeout: in seconds.
            is_patient: whether the time starts anew where it is over while nothing is read from the other end.

        Raises:
            HTTPError: when awaited: the other end left, or ``failed`` said why there is no answer.
            ServiceTimeout: when awaited: there was no answer in time.
        """
        future: asyncio.Future[object] = self._loop.create_future()
        self._start(number, future, timeout, is_patient)
        return future

    def came(self, number: str, response: object) -> None:
        """An answer to a request; one that nobody waits for is dropped."""
        found = self._waiting.pop(number, None)
        if found is not None:
            found.timer.cancel()
            if not found.future.done():
                found.future.set_result(response)

    def failed(self, number: str, error: HTTPError) -> None:
        """There will be no answer to a request, and why."""
        found = self._waiting.pop(number, None)
        if found is not None:
            found.timer.cancel()
            if not found.future.done():
                found.future.set_exception(error)

    def give_up(self, error: HTTPError | None = None) -> None:
        """The other end is gone."""
        for number in list(self._waiting):
            self.failed(number, error or NotFound(f"{self._name} left before it answered"))

    def _start(self, number: str, future: asyncio.Future[object], timeout: float, is_patient: bool) -> None:
        timer = self._loop.call_later(timeout, self._is_over, number, timeout, is_patient)
        self._waiting[number] = _Waiting(future, timer)

    def _is_over(self, number: str, timeout: float, is_patient: bool) -> None:
        if is_patient and not self._is_heard():
            self._start(number, self._waiting[number].future, timeout, is_patient)
            return
        self._late(number)
        self.failed(number, ServiceTimeout(f"{self._name} did not answer within {timeout:g} s"))
