"""How what services ask of ``self.sso`` is run."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from apitest_server.invoke.crossing import here_or_awaited
from apitest_server.invoke.invoker import Invoker
from apitest_server.sso.desk import Desk

T = TypeVar("T")


class Runner:
    """Runs what waits for the database, or for a password that is hashed."""

    def __init__(self, desk: Desk, invoker: Invoker, timeout: float) -> None:
        self.desk = desk
        self._invoker = invoker
        self._timeout = timeout

    def run(self, function: Callable[[], T]) -> T | Awaitable[T]:
        """Calls a function: here, or from an event loop in a thread."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return function()
        return asyncio.to_thread(function)

    def on_loop(self, work: Coroutine[None, None, T]) -> T | Awaitable[T]:
        """What a coroutine returns, on the server's event loop."""
        return here_or_awaited(self._invoker.loop, work, "SSO", self._timeout)
