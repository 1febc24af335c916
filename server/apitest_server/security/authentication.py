"""Who is calling: the security definitions of a server, by key."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

from apitest_server.components import Key
from apitest_server.config import SecurityDefinition
from apitest_server.errors import Forbidden, TooManyRequests, Unauthorized
from apitest_server.security.administrators import KEY as ADMINISTRATORS
from apitest_server.security.client_certificate import with_certificate
from apitest_server.security.definitions import JWT, SIGNED, Checker, Secret
from apitest_server.security.devices import Devices
from apitest_server.security.freshness import Freshness
from apitest_server.security.groups import ENDPOINTS
from apitest_server.security.nonces import Nonces
from apitest_server.security.outsiders import ANYBODY, Outsiders
from apitest_server.security.passwords import Verifier
from apitest_server.security.signed_request import has_form, is_signed, with_request
from apitest_server.security.throttle import FREE_OF_A_PLACE, Throttle, name_of, place_of
from apitest_server.security.types import checker
from apitest_server.security.username_token import found_in, with_token
from apitest_server.security.verifying import Verifying
from apitest_server.security.wss import WSS
from apitest_server.service.asgi import Scope, Subject
from apitest_server.service.http import Headers
from apitest_server.service.values import LARGE

logger = logging.getLogger("apitest.security")
_AT_ONCE = 8  # Attempts from one address that are slowed down at the same time; further ones are refused
_CHANNELS = "channels"  # All of them: a throttle for each would tell which definition one has
Attempt = tuple[str, str, str]
Body = Callable[[], Awaitable[bytes]]


class Authentication:
    """Checks requests against definitions; ``define`` takes effect at once.

    Definitions of server.conf have their name as their key, those of the ODB one that is made of their ID (``key_of``):
    channels go on working when a definition gets another name.

    Attributes:
        verifier: verifies passwords.
        declared: the definitions of server.conf.
        revoked: the digests of the IDs of tokens that have logged out, and when these expire.
        nonces: those of username tokens that were used.
        freshness: reads what other servers have changed, where they share an ODB.
        now: seconds since 1970, by which tokens expire.
        devices: tells administrators who have signed in before; their attempts are counted by device, not by address.
    """

    def __init__(self, definitions: Iterable[SecurityDefinition] = ()) -> None:
        self.verifier = Verifier()
        self.declared = tuple(definitions)
        self._outsiders: Outsiders | None = None
        self._checkers: dict[str, Checker] = {}
        self.revoked: dict[str, float] = {}
        self.nonces = Nonces()
        self.freshness: Freshness | None = None
        self.devices: Devices | None = None
        self.now: Callable[[], float] = time.time
        self._refreshing: asyncio.Future[None] | None = None
        self._callers = Throttle()
        self._places = Throttle(free=FREE_OF_A_PLACE)
        self._delayed: dict[bytes, int] = {}
        self._verifying = Verifying()
        for definition in self.declared:
            self.define(definition.name, self.made(definition))

    def made(self, definition: SecurityDefinition, secret: Secret | None = None) -> Checker | None:
        """What checks requests against a definition, if this room has it; ``secret`` reads one that is not in it."""
        checks = checker(definition, self.verifier, secret)
        if isinstance(checks, JWT):
            checks.revoked = self.revoked
        if isinstance(checks, WSS):
            checks.nonces = self.nonces
        if isinstance(checks, JWT | WSS):
            checks.now = self._now
        return checks

    def _now(self) -> float:
        return self.now()

    def define(self, key: str, checks: Checker | None) -> None:
        """Adds what checks requests for a key, or puts it in the place of another one; nothing does for ``None``."""
        if checks is None:
            self.remove(key)
        else:
            self._known_are({**self._checkers, key: checks})

    def remove(self, key: str) -> None:
        """Forgets a definition; whoever still asks for it is refused."""
        self._known_are({other: checks for other, checks in self._checkers.items() if other != key})

    def checker(self, key: str) -> Checker | None:
        """What checks requests for a key."""
        return self._checkers.get(key)

    def checkers(self) -> Mapping[str, Checker]:
        """What checks requests, by key; another object after each change."""
        return self._checkers

    def tokens(self) -> Iterator[JWT]:
        """The definitions whose tokens can log out."""
        return (checks for checks in self._checkers.values() if isinstance(checks, JWT))

    async def refresh(self) -> None:
        """Takes in what other servers have changed, unless that was done just now.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        if self.freshness is None or not self.freshness.is_due:
            return
        if self._refreshing is None or self._refreshing.done():
            loop = asyncio.get_running_loop()
            self._refreshing = loop.run_in_executor(None, self.freshness.refresh)
        await asyncio.shield(self._refreshing)

    async def user(self, key: str, scope: Scope, body: Body | None = None) -> str:
        """The user of a request, given as its ASGI scope and what reads its body, if that may be needed.

        Whoever is refused does not learn what the key is of: all channels, and ``ANYBODY``, are one to strangers.

        Raises:
            Unauthorized: no credentials or wrong ones; the response does not say which.
            Forbidden: the same, where all that is refused has to look alike.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        await self.refresh()
        client, headers = scope.get("client"), await self._shown(key, scope, body)
        address = client[0] if client else ""
        checks = self._checkers.get(key)
        if checks is not None and key == ADMINISTRATORS:
            device = self.devices.of(headers, checks.claimed(headers) or "") if self.devices else ""
            place = f"device {device}" if device else address
            user, challenge = await self._user(key, checks, headers, place), checks.challenge
        else:
            user, challenge = await self._user_of_channel(key, headers, address), self._common().challenge
        if user is None and isinstance(checks, WSS):
            logger.info("%s %s was refused: %s", scope["method"], scope["path"], checks.problem(headers))
        if user is None and key == ENDPOINTS:
            raise Forbidden
        if user is None:
            raise Unauthorized("", {"WWW-Authenticate": challenge} if challenge else None)
        return user

    async def sign_in(
        self, key: str, username: str, secret: str, address: str, shown: str = "", certificate: Subject | None = None
    ) -> str:
        """The user of credentials that came in a message, where there are no headers.

        Args:
            key: what is called.
            username: as it was given.
            secret: likewise.
            address: of the caller.
            shown: what a device shows that has signed in before: guesses at its address do not hold it up.
            certificate: the subject of that of the connection, if it has one.

        Raises:
            Unauthorized: they are wrong; what is wrong about them is not told.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        checks = await self._current(key)
        device = self.devices.known(shown, username) if self.devices else ""
        place = f"device {device}" if device else address
        headers = checks.headers(username, secret)
        user = await self._user(key, checks, with_certificate(headers, certificate) if certificate else headers, place)
        if user is None:
            raise Unauthorized
        return user

    async def attempt(self, caller: Attempt, check: Callable[[], Any]) -> str | None:
        """The user that a check finds, or ``None``; callers who keep failing are slowed down.

        A caller is slowed down for what it claims to be, and all callers of an address together for names that they
        make up, and keys. The latter does not touch credentials that are known to be right, so that it cannot be turned
        against somebody else. Signed tokens cannot be guessed, and nobody waits for them.

        Args:
            caller: what is called, claimed user (empty for nobody), address.
            check: returns a user, ``None``, or a function that does, to be called in a thread.

        Raises:
            TooManyRequests: another attempt of this caller is being slowed down.
            ServiceUnavailable: too many passwords wait to be verified.
        """
        if caller[1] == SIGNED:
            return await self._verdict(check())
        name, place = name_of(*caller), name_of(place_of(caller[2]))
        if caller[1]:
            await self._slow_down(self._callers, name, 1)
        verdict = check()
        if verdict is None or callable(verdict):
            await self._slow_down(self._places, place, _AT_ONCE)
        user = await self._verdict(verdict)
        if user is None:
            now = time.monotonic()
            self._callers.failed(name, now)
            self._places.failed(place, now)
        else:
            self._callers.succeeded(name)
        return user

    def close(self) -> None:
        """Ends the threads."""
        self._verifying.close()

    async def _shown(self, key: str, scope: Scope, body: Body | None) -> Mapping[str, str]:
        """The headers, and what else a caller shows where there may be some: of all requests, whatever answers them."""
        headers: Mapping[str, str] = Headers(scope["headers"])
        if "client_certificate" in scope:
            headers = with_certificate(headers, scope["client_certificate"])
        if body is None or key == ADMINISTRATORS:
            return headers
        if self._common().has_signatures and is_signed(headers):
            return with_request(headers, scope, await body() if has_form(headers) else b"")
        if not self._common().look_into_bodies:
            return headers
        content = await body()  # Whatever it is declared as: what a path is for must not show
        token = await asyncio.to_thread(found_in, content) if len(content) > LARGE else found_in(content)
        return headers if token is None else with_token(headers, token)

    def _known_are(self, checkers: dict[str, Checker]) -> None:
        self._checkers = checkers
        self._outsiders = None  # Made when it is needed: at a start, there is a change for each definition

    def _common(self) -> Outsiders:
        found = self._outsiders
        if found is None:
            checkers = self._checkers
            channels = (checks for key, checks in checkers.items() if key != ADMINISTRATORS)
            found = Outsiders(channels, checkers.get(ADMINISTRATORS), self.verifier)
            if checkers is self._checkers:
                self._outsiders = found
        return found

    async def _current(self, key: str) -> Checker:
        await self.refresh()
        checks = self._checkers.get(key)
        if checks is None:
            raise Unauthorized
        return checks

    async def _user(self, key: str, checks: Checker, headers: Mapping[str, str], address: str) -> str | None:
        claimed = checks.claimed(headers)
        if claimed is None:
            return None
        return await self.attempt((key, claimed, address), lambda: checks.check(headers))

    async def _user_of_channel(self, key: str, headers: Mapping[str, str], address: str) -> str | None:
        outsiders = self._common()
        claimed = outsiders.claimed(headers)
        if claimed is None:
            return None
        if key == ANYBODY:
            return await self.attempt((_CHANNELS, claimed, address), lambda: outsiders.known(headers))
        checks = self._checkers.get(key)
        return await self.attempt((_CHANNELS, claimed, address), lambda: outsiders.check(checks, headers))

    async def _slow_down(self, throttle: Throttle, caller: bytes, at_once: int) -> None:
        delay = throttle.delay(caller, time.monotonic()) if len(throttle) else 0.0
        waiting = self._delayed.get(caller, 0)
        if waiting >= at_once:
            raise TooManyRequests("", {"Retry-After": str(max(1, round(delay)))})
        if delay:
            self._delayed[caller] = waiting + 1
            try:
                await asyncio.sleep(delay)
            finally:
                self._delayed[caller] -= 1
                if not self._delayed[caller]:
                    del self._delayed[caller]

    async def _verdict(self, verdict: Any) -> str | None:
        found = await self._verifying.verdict(verdict) if callable(verdict) else verdict
        return None if found is None else str(found)


def key_of(number: int) -> str:
    """The key of a definition of the ODB; no name of server.conf can be like it."""
    return f"\0{number}"


AUTHENTICATION: Key[Authentication] = Key("authentication")
