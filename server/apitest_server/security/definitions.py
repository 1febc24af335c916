"""Security definitions: each type checks a request's headers and names the user, or has nothing to say."""

import time
from collections.abc import Callable, Container, Mapping
from hashlib import sha256
from typing import Any, Protocol

from apitest_server.config import SecurityDefinition
from apitest_server.security import credentials
from apitest_server.security.passwords import PREFIX as HASH
from apitest_server.security.passwords import Verifier

Verdict = str | None | Callable[[], str | None]
Secret = Callable[[], str]
_LONGEST = 16 * 1024  # characters of a token: decoding a long one would keep others waiting
_EARLY = 5.0  # seconds by which the clock of who has issued a token may be ahead
_END_OF_TIME = 1e12  # seconds since 1970: what is later is not a time
SIGNED = "\0signed"  # Who the caller of a signed token claims to be: the token says so once it is verified


class Checker(Protocol):
    """One security definition, ready to check."""

    challenge: str

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Who the caller claims to be, as far as that is known; ``None`` without credentials."""

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user that the headers (names in lower case) prove, or ``None``.

        Where that takes longer than an event loop can wait, it is a function that returns it, to be called in a thread.
        """

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """The headers that credentials of a message stand for; a message has no headers of its own."""

    def scheme(self) -> dict[str, str]:
        """The security scheme in an OpenAPI document."""


class BasicAuth:
    """User name and password; the password is as it is, or argon2-hashed."""

    def __init__(self, definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> None:
        self.username = definition.username
        self.password = definition.password
        self.challenge = f'Basic realm="{definition.realm}", charset="UTF-8"'
        self.verifier = verifier

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The user name."""
        given = credentials.basic(headers.get("authorization", ""))
        return None if given is None else given[0]

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user name."""
        given = credentials.basic(headers.get("authorization", ""))
        if given is None:
            return None
        username, password = given
        if not credentials.same(username, self.username):
            # Costs the same time as a wrong password, also where the password was right and is remembered
            return self.verifier.refuse if self.password.startswith(HASH) else None
        known = self.verifier.quick(self.password, password)
        if known is None:
            return lambda: self.username if self.verifier.verify(self.password, password) else None
        return self.username if known else None

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """User name and password."""
        return {} if ":" in username else {"authorization": credentials.basic_value(username, secret)}

    def scheme(self) -> dict[str, str]:
        """HTTP Basic Auth."""
        return {"type": "http", "scheme": "basic"}


class APIKey:
    """A key in a header; as it is, or argon2-hashed."""

    challenge = ""

    def __init__(self, definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> None:
        self.name = definition.name
        self.header = definition.header.lower()
        self.key = definition.key
        self.verifier = verifier

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Nobody: a key does not name a user."""
        return "" if headers.get(self.header) else None

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The definition's name."""
        given = headers.get(self.header, "")
        if not given:
            return None
        known = self.verifier.quick(self.key, given)
        if known is None:
            return lambda: self.name if self.verifier.verify(self.key, given) else None
        return self.name if known else None

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """The secret is the key; the user name is of no use here."""
        return {self.header: secret}

    def scheme(self) -> dict[str, str]:
        """A header."""
        return {"type": "apiKey", "in": "header", "name": self.header}


class JWT:
    """A bearer token: a JWT signed with HS256, with an ID and a time to expire, of the issuer and for the audience.

    Attributes:
        revoked: the digests of the IDs of tokens that have logged out.
        now: seconds since 1970; all servers of one ODB have the same.
    """

    def __init__(self, definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> None:
        """Takes the definition and, where that holds no secret, what reads it; called with the first token."""
        self.name = definition.name
        self.issuer = definition.issuer or None
        self.audience = definition.audience or None
        self.challenge = f'Bearer realm="{definition.realm}"'
        self._secret = definition.secret
        self._read = secret
        self.revoked: Container[str] = ()
        self.now: Callable[[], float] = time.time
        self._ready = False

    @property
    def secret(self) -> str:
        """What tokens are signed with."""
        if self._read is not None:
            self._secret, self._read = self._read(), None
        return self._secret

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Nobody yet: whom a token names is not known before it is verified."""
        return SIGNED if credentials.bearer(headers.get("authorization", "")) else None

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The token's subject, or the definition's name where it has none."""
        token = credentials.bearer(headers.get("authorization", ""))
        if not token:
            return None
        # The first time, a cryptography library has to be loaded and perhaps the secret decrypted.
        return self._user(token) if self._ready else lambda: self._user(token)

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """The secret is a token; it says itself whom it is for."""
        return {"authorization": f"Bearer {secret}"}

    def scheme(self) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}

    def claims(self, token: str) -> dict[str, Any] | None:
        """What a token says, or ``None`` if it is not valid."""
        if len(token) > _LONGEST:
            return None
        import jwt

        self._ready = True
        by_system_clock = dict.fromkeys(("verify_exp", "verify_nbf", "verify_iat"), False)
        options: Any = {"verify_aud": self.audience is not None, "require": ["exp", "jti"], **by_system_clock}
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self.secret, ["HS256"], options, issuer=self.issuer, audience=self.audience
            )
        except jwt.InvalidTokenError:
            return None
        is_valid = _can_log_out(claims) and _is_current(claims, self.now())
        return claims if is_valid and digest_of(claims) not in self.revoked else None

    def _user(self, token: str) -> str | None:
        claims = self.claims(token)
        return None if claims is None else str(claims.get("sub") or self.name)


def _can_log_out(claims: Mapping[str, object]) -> bool:
    """Whether a token has an ID of its own, and a time until which a log-out has to be kept."""
    number, expires = claims["jti"], claims["exp"]
    is_time = isinstance(expires, int | float) and not isinstance(expires, bool) and expires < _END_OF_TIME
    return isinstance(number, str) and bool(number.strip()) and is_time


def _is_current(claims: Mapping[str, Any], now: float) -> bool:
    """Whether a token has begun to be valid and has not expired."""
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    have_begun = all(isinstance(moment, int | float) and moment <= now + _EARLY for moment in begins)
    return have_begun and int(claims["exp"]) > now


def digest_of(claims: Mapping[str, Any]) -> str:
    """A token's ID in bounded length."""
    return sha256(str(claims["jti"]).encode("utf-8", "surrogatepass")).hexdigest()
