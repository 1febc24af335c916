"""Callers whom HashiCorp Vault knows: they show a token of it, or a user name and password, and Vault is asked."""

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from time import monotonic
from typing import NamedTuple, Protocol

from apitest_server.security.definitions import Verdict
from apitest_server.security.verifying import Question

TOKENS = ("x-zato-vault-token", "x-vault-token")
USERNAME, PASSWORD = "x-zato-vault-username", "x-zato-vault-password"
_LONGEST = 16 * 1024  # characters of a token
_USERNAME = re.compile(
    r"[\w-]([\w.@+-]{0,200}[\w-])?", re.ASCII
).fullmatch  # It is a part of a path that Vault is asked for
_KEPT = 10_000  # callers that are remembered


class Known(NamedTuple):
    """Whom Vault knows.

    Attributes:
        user: its name.
        policies: what it may do in Vault.
        lives: for how many seconds yet; 0 for ever.
    """

    user: str
    policies: frozenset[str]
    lives: float = 0.0


class Asks(Protocol):
    """What asks Vault; ``None`` where it does not know the caller.

    Raises:
        ServiceUnavailable: it cannot be asked.
    """

    def by_token(self, token: str) -> Known | None:
        """Whose a token is."""

    def by_password(self, username: str, password: str) -> Known | None:
        """Who logs in."""


class VaultCheck:
    """A definition. About whom Vault knows it is not asked again for a time, never longer than a token lives."""

    challenge = ""

    def __init__(
        self, asks: Asks, policies: frozenset[str], trusted: float, clock: Callable[[], float] = monotonic
    ) -> None:
        """Takes what it needs.

        Args:
            asks: asks Vault.
            policies: of which a caller has to have one; any caller will do where there are none.
            trusted: for how many seconds an answer counts.
            clock: in seconds.
        """
        self._asks = asks
        self._policies = policies
        self._trusted = trusted
        self._clock = clock
        self._salt = token_bytes(32)
        self._lock = Lock()
        self._confirmed: dict[bytes, tuple[str, float]] = {}

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The user name, or nobody where there is a token, which names none."""
        if _token(headers):
            return ""
        return headers.get(USERNAME) or None

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user, by Vault's name for it."""
        token, username, password = _token(headers), headers.get(USERNAME, ""), headers.get(PASSWORD, "")
        if len(token) > _LONGEST or not (token or _USERNAME(username)):
            return None
        shown = f"token\0{token}" if token else f"password\0{username}\0{password}"
        digest = blake2b(shown.encode("utf-8", "surrogatepass"), key=self._salt).digest()
        user, until = self._confirmed.get(digest, ("", 0.0))
        return user if until > self._clock() else Question(lambda: self._asked(digest, token, username, password))

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """User name and password; without a user name the secret is a token."""
        return {USERNAME: username, PASSWORD: secret} if username else {TOKENS[0]: secret}

    def scheme(self) -> dict[str, str]:
        """A header with a token."""
        return {"type": "apiKey", "in": "header", "name": TOKENS[0]}

    def _asked(self, digest: bytes, token: str, username: str, password: str) -> str | None:
        known = self._asks.by_token(token) if token else self._asks.by_password(username, password)
        if known is None or (self._policies and self._policies.isdisjoint(known.policies)):
            return None
        trusted = min(self._trusted, known.lives) if known.lives else self._trusted
        if trusted:
            with self._lock:
                if len(self._confirmed) >= _KEPT:
                    self._confirmed.clear()
                self._confirmed[digest] = (known.user, self._clock() + trusted)
        return known.user


def _token(headers: Mapping[str, str]) -> str:
    return next(filter(None, map(headers.get, TOKENS)), "")
