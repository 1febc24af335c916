"""Requests that wait for the other end's answers."""

import asyncio
from collections.abc import Awaitable

from apitest_server.errors import HTTPError, NotFound, ServiceTimeout


class Answers:
    """Who waits for what one other end will answer."""

    __slots__ = ("_futures", "_loop", "_name")

    def __init__(self, loop: asyncio.AbstractEventLoop, name: str = "The client") -> None:
        """Takes what the other end is called in errors."""
        self._loop = loop
        self._name = name
        self._futures: dict[str, asyncio.Future[object]] = {}

    def wait(self, number: str, timeout: float) -> Awaitable[object]:
        """What will be answered to a request; it is expected from now on.

        Args:
            number: the ID of the request.
            timeout: in seconds.

        Raises:
            HTTPError: when awaited: the other end left, or ``failed`` said why there is no answer.
            ServiceTimeout: when awaited: there was no answer in time.
        """
        future = self._futures[number] = self._loop.create_future()
        return self._answer(number, future, timeout)

    def came(self, number: str, response: object) -> None:
        """An answer to a request; one that nobody waits for is dropped."""
        future = self._futures.get(number)
        if future is not None and not future.done():
            future.set_result(response)

    def failed(self, number: str, error: HTTPError) -> None:
        """There will be no answer to a request, and why."""
        future = self._futures.get(number)
        if future is not None and not future.done():
            future.set_exception(error)

    def give_up(self, error: HTTPError | None = None) -> None:
        """The other end is gone."""
        for number in self._futures:
            self.failed(number, error or NotFound(f"{self._name} left before it answered"))

    async def _answer(self, number: str, future: "asyncio.Future[object]", timeout: float) -> object:
        try:
            async with asyncio.timeout(timeout):
                return await future
        except TimeoutError:
            raise ServiceTimeout(f"{self._name} did not answer within {timeout:g} s") from None
        finally:
            del self._futures[number]
