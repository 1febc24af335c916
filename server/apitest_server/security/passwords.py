"""Passwords: hashed with argon2id, verified once and then remembered, so that a request does not cost a hash.

What is remembered is a keyed digest of hash and password; the key is random and lives as long as the process.
"""

from collections import OrderedDict
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.security.credentials import same

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PREFIX = "$argon2"
# What OWASP recommends for argon2id where memory matters: a flood of wrong passwords must not take all of it
_TIME, _MEMORY, _LANES = 2, 19 * 1024, 1
_REMEMBERED = 4096
# Verified for users that do not exist, so that the time it takes does not tell that they do not
_NOBODY: list[str] = []


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(password)


def nobody() -> str:
    """A hash that no password fits; computed once."""
    if not _NOBODY:
        _NOBODY.append(hashed(token_bytes(24).hex()))
    return _NOBODY[0]


class Verifier:
    """Verifies passwords; one for all definitions of a server, safe in threads."""

    def __init__(self) -> None:
        self._key = token_bytes(32)
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def quick(self, stored: str, given: str) -> bool | None:
        """Whether a password is right, if that is known at once; ``None`` if it has to be hashed for that.

        Args:
            stored: a hash; or a password as it is, which is compared in constant time.
            given: what the caller gave.
        """
        if not stored.startswith(PREFIX):
            return same(given, stored)
        return True if self._digest(stored, given) in self._known else None

    def verify(self, stored: str, given: str) -> bool:
        """Whether a password is right; takes tens of milliseconds where it is not known yet."""
        known = self.quick(stored, given)
        if known is not None:
            return known
        right = _fits(stored, given)
        if right:
            self._remember(self._digest(stored, given))
        return right

    def refuse(self) -> None:
        """Takes as long as a wrong password does, where there is none to compare with."""
        self.verify(nobody(), "")

    def _digest(self, stored: str, given: str) -> bytes:
        digest = blake2b(stored.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32)
        digest.update(b"\0" + given.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _remember(self, digest: bytes) -> None:
        with self._lock:
            self._known[digest] = None
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)


def _fits(stored: str, given: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(stored, given.encode("utf-8", "surrogatepass"))
    except (Argon2Error, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_TIME, memory_cost=_MEMORY, parallelism=_LANES)
