"""Who is calling: the security definitions of a server, by key."""

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from apitest_server.config import SecurityDefinition
from apitest_server.errors import ServiceUnavailable, TooManyRequests, Unauthorized
from apitest_server.security.definitions import Checker
from apitest_server.security.passwords import Verifier
from apitest_server.security.throttle import Throttle
from apitest_server.security.types import checker
from apitest_server.service.asgi import Scope
from apitest_server.service.http import Headers

_THREADS = 2  # Each takes 19 MiB while it verifies a password that is not known yet
_WAITING = 200


class Authentication:
    """Checks requests against definitions; ``define`` takes effect at once.

    Definitions of server.conf have their name as their key, those of the ODB one that is made of their ID (``key_of``):
    channels go on working when a definition gets another name.
    """

    def __init__(self, definitions: Iterable[SecurityDefinition] = ()) -> None:
        self.verifier = Verifier()
        self.declared = tuple(definitions)
        self._checkers: dict[str, Checker] = {}
        self._throttle = Throttle()
        self._delayed: set[tuple[str, str, str]] = set()
        self._threads: ThreadPoolExecutor | None = None
        self._verifying = 0
        for definition in self.declared:
            self.define(definition.name, checker(definition, self.verifier))

    def define(self, key: str, checks: Checker) -> None:
        """Adds what checks requests for a key, or puts it in the place of another one."""
        self._checkers = {**self._checkers, key: checks}

    def remove(self, key: str) -> None:
        """Forgets a definition; whoever still asks for it is refused."""
        self._checkers = {other: checks for other, checks in self._checkers.items() if other != key}

    def checker(self, key: str) -> Checker | None:
        """What checks requests for a key."""
        return self._checkers.get(key)

    async def user(self, key: str, scope: Scope) -> str:
        """The user of a request, given as its ASGI scope.

        Raises:
            Unauthorized: no credentials or wrong ones; the response does not say which.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        checks = self._checkers.get(key)
        if checks is None:
            raise Unauthorized
        headers = Headers(scope["headers"])
        claimed = checks.claimed(headers)
        user = None
        if claimed is not None:
            client = scope.get("client")
            user = await self.attempt((key, claimed, client[0] if client else ""), lambda: checks.check(headers))
        if user is None:
            raise Unauthorized("", {"WWW-Authenticate": checks.challenge} if checks.challenge else None)
        return user

    async def attempt(self, caller: tuple[str, str, str], check: Callable[[], Any]) -> str | None:
        """The user that a check finds, or ``None``; callers who keep failing are slowed down.

        Args:
            caller: key of the definition, claimed user, address.
            check: returns a user, ``None``, or a function that does, to be called in a thread.

        Raises:
            TooManyRequests: another attempt of this caller is being slowed down.
            ServiceUnavailable: too many passwords wait to be verified.
        """
        if len(self._throttle):
            await self._slow_down(caller)
        verdict = check()
        if callable(verdict):
            verdict = await self._in_thread(verdict)
        if verdict is None:
            self._throttle.failed(caller, time.monotonic())
            return None
        if len(self._throttle):
            self._throttle.succeeded(caller)
        return str(verdict)

    def close(self) -> None:
        """Ends the threads."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _slow_down(self, caller: tuple[str, str, str]) -> None:
        delay = self._throttle.delay(caller, time.monotonic())
        if caller in self._delayed:
            raise TooManyRequests("", {"Retry-After": str(max(1, round(delay)))})
        if delay:
            self._delayed.add(caller)
            try:
                await asyncio.sleep(delay)
            finally:
                self._delayed.discard(caller)

    async def _in_thread(self, verify: Callable[[], str | None]) -> str | None:
        if self._verifying >= _WAITING:
            raise ServiceUnavailable
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, "passwords")
        self._verifying += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, verify)
        finally:
            self._verifying -= 1


def key_of(number: int) -> str:
    """The key of a definition of the ODB; no name of server.conf can be like it."""
    return f"\0{number}"
