"""Security definitions: each type checks a request's headers and names the user, or has nothing to say."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from apitest_server.config import SecurityDefinition
from apitest_server.security import credentials
from apitest_server.security.passwords import Verifier

Verdict = str | None | Callable[[], str | None]
Secret = Callable[[], str]


class Checker(Protocol):
    """One security definition, ready to check."""

    challenge: str

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Who the caller claims to be, as far as that is known; ``None`` without credentials."""

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user that the headers (names in lower case) prove, or ``None``.

        Where that takes longer than an event loop can wait, it is a function that returns it, to be called in a thread.
        """

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
        # The password is always checked, too: the time must not tell which of the two is wrong.
        known = self.verifier.quick(self.password, password)
        if known is None:
            return lambda: self._user(username, self.verifier.verify(self.password, password))
        return self._user(username, known)

    def scheme(self) -> dict[str, str]:
        """HTTP Basic Auth."""
        return {"type": "http", "scheme": "basic"}

    def _user(self, username: str, password_is_right: bool) -> str | None:
        username_is_right = credentials.same(username, self.username)
        return self.username if username_is_right and password_is_right else None


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

    def scheme(self) -> dict[str, str]:
        """A header."""
        return {"type": "apiKey", "in": "header", "name": self.header}


class JWT:
    """A bearer token: a JWT signed with HS256, not expired, of the issuer and for the audience where given."""

    def __init__(self, definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> None:
        """Takes the definition and, where that holds no secret, what reads it; called with the first token."""
        self.name = definition.name
        self.issuer = definition.issuer or None
        self.audience = definition.audience or None
        self.challenge = f'Bearer realm="{definition.realm}"'
        self._secret = definition.secret
        self._read = secret
        self._revoked: dict[str, float] = {}
        self._ready = False

    @property
    def secret(self) -> str:
        """What tokens are signed with."""
        if self._read is not None:
            self._secret, self._read = self._read(), None
        return self._secret

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """Nobody: whom a token names is not known before it is verified."""
        return "" if credentials.bearer(headers.get("authorization", "")) else None

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The token's subject, or the definition's name where it has none."""
        token = credentials.bearer(headers.get("authorization", ""))
        if not token:
            return None
        # The first time, a cryptography library has to be loaded and perhaps the secret decrypted.
        return self._user(token) if self._ready else lambda: self._user(token)

    def scheme(self) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}

    def claims(self, token: str) -> dict[str, Any] | None:
        """What a token says, or ``None`` if it is not valid."""
        import jwt

        self._ready = True
        options: Any = {"verify_aud": self.audience is not None}
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self.secret, ["HS256"], options, issuer=self.issuer, audience=self.audience
            )
        except jwt.InvalidTokenError:
            return None
        return None if str(claims.get("jti")) in self._revoked else claims

    def revoke(self, claims: Mapping[str, Any], now: float) -> None:
        """Refuses a token from now on; it is remembered until it would have expired anyway."""
        self._revoked = {token: until for token, until in self._revoked.items() if until > now}
        self._revoked[str(claims.get("jti"))] = float(claims.get("exp", now))

    def take_over(self, other: "JWT") -> None:
        """Refuses what another one, whose place this one takes, refused."""
        self._revoked = other._revoked

    def _user(self, token: str) -> str | None:
        claims = self.claims(token)
        return None if claims is None else str(claims.get("sub") or self.name)
