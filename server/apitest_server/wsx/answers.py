"""Requests to a client that wait for its answers."""

import asyncio
from collections.abc import Awaitable

from apitest_server.errors import NotFound, ServiceTimeout


class Answers:
    """Who waits for what one client will answer."""

    __slots__ = ("_futures", "_loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._futures: dict[str, asyncio.Future[object]] = {}

    def wait(self, number: str, timeout: float) -> Awaitable[object]:
        """What will be answered to a request; it is expected from now on.

        Args:
            number: the ID of the request.
            timeout: in seconds.

        Raises:
            NotFound: when awaited: the client left.
            ServiceTimeout: when awaited: there was no answer in time.
        """
        future = self._futures[number] = self._loop.create_future()
        return self._answer(number, future, timeout)

    def came(self, number: str, response: object) -> None:
        """An answer to a request; one that nobody waits for is dropped."""
        future = self._futures.get(number)
        if future is not None and not future.done():
            future.set_result(response)

    def give_up(self) -> None:
        """The client is gone."""
        for future in self._futures.values():
            if not future.done():
                future.set_exception(NotFound("The client left before it answered"))

    async def _answer(self, number: str, future: "asyncio.Future[object]", timeout: float) -> object:
        try:
            async with asyncio.timeout(timeout):
                return await future
        except TimeoutError:
            raise ServiceTimeout(f"The client did not answer within {timeout:g} s") from None
        finally:
            del self._futures[number]
