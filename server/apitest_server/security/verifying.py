"""The threads in which callers are verified: those for passwords are few, and what others are asked is elsewhere."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from apitest_server.errors import ServiceUnavailable

_PASSWORDS = 2  # Each takes 19 MiB while it verifies a password that is not known yet
_QUESTIONS = 16  # Each waits for another system
_WAITING = 200


class Question:
    """A verdict that another system has to give; it may take as long as the time limit of its connection."""

    def __init__(self, ask: Callable[[], str | None]) -> None:
        """Takes what asks, and returns a user or ``None``."""
        self._ask = ask

    def __call__(self) -> str | None:
        """The user, or ``None``."""
        return self._ask()


class Verifying:
    """Verdicts that take longer than an event loop can wait."""

    def __init__(self) -> None:
        self._passwords = _Threads(_PASSWORDS, "passwords")
        self._questions = _Threads(_QUESTIONS, "callers")

    async def verdict(self, verify: Callable[[], str | None]) -> str | None:
        """What a check finds.

        Raises:
            ServiceUnavailable: too many wait, or who knows cannot be asked.
        """
        return await (self._questions if isinstance(verify, Question) else self._passwords).run(verify)

    def close(self) -> None:
        """Ends the threads."""
        self._passwords.close()
        self._questions.close()


class _Threads:
    """A number of threads, which are started with the first verdict."""

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._name = name
        self._made: ThreadPoolExecutor | None = None
        self._running = 0

    async def run(self, verify: Callable[[], str | None]) -> str | None:
        if self._running >= _WAITING:
            raise ServiceUnavailable
        if self._made is None:
            self._made = ThreadPoolExecutor(self._count, self._name)
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._made, verify)
        finally:
            self._running -= 1

    def close(self) -> None:
        if self._made is not None:
            self._made.shutdown(wait=False, cancel_futures=True)
