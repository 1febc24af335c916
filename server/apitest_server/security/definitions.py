"""Security definitions: each type checks a request's headers and names the user, or has nothing to say."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from apitest_server.config import SecurityDefinition
from apitest_server.security import credentials


class Checker(Protocol):
    """One security definition, ready to check."""

    challenge: str

    def check(self, headers: Mapping[str, str]) -> str | None:
        """The user that the headers (names in lower case) prove, or ``None``."""


class BasicAuth:
    """User name and password; the password is as it is, or argon2-hashed."""

    def __init__(self, definition: SecurityDefinition) -> None:
        self.username = definition.username
        self.password = definition.password
        self.challenge = f'Basic realm="{definition.realm}", charset="UTF-8"'

    def check(self, headers: Mapping[str, str]) -> str | None:
        """The user name."""
        given = credentials.basic(headers.get("authorization", ""))
        if given is None:
            return None
        username_is_right = credentials.same(given[0], self.username)
        password_is_right = self._password_is(given[1])  # Always checked: the time must not tell which is wrong
        return self.username if username_is_right and password_is_right else None

    def _password_is(self, given: str) -> bool:
        if not self.password.startswith("$argon2"):
            return credentials.same(given, self.password)
        from argon2 import PasswordHasher
        from argon2.exceptions import Argon2Error, InvalidHashError

        try:
            return PasswordHasher().verify(self.password, given)
        except (Argon2Error, InvalidHashError):
            return False


class APIKey:
    """A key in a header."""

    challenge = ""

    def __init__(self, definition: SecurityDefinition) -> None:
        self.name = definition.name
        self.header = definition.header.lower()
        self.key = definition.key

    def check(self, headers: Mapping[str, str]) -> str | None:
        """The definition's name: an API key has no user of its own."""
        return self.name if credentials.same(headers.get(self.header, ""), self.key) else None


class JWT:
    """A bearer token: a JWT signed with HS256, not expired, of the issuer and for the audience where given."""

    def __init__(self, definition: SecurityDefinition) -> None:
        self.name = definition.name
        self.secret = definition.secret
        self.issuer = definition.issuer or None
        self.audience = definition.audience or None
        self.challenge = f'Bearer realm="{definition.realm}"'

    def check(self, headers: Mapping[str, str]) -> str | None:
        """The token's subject, or the definition's name where it has none."""
        token = credentials.bearer(headers.get("authorization", ""))
        claims = self._claims(token) if token else None
        return None if claims is None else str(claims.get("sub") or self.name)

    def _claims(self, token: str) -> dict[str, Any] | None:
        import jwt  # It loads a cryptography library, so only when a token is there to be checked

        try:
            return jwt.decode(token, self.secret, algorithms=["HS256"], issuer=self.issuer, audience=self.audience)
        except jwt.InvalidTokenError:
            return None


TYPES: dict[str, Callable[[SecurityDefinition], Checker]] = {
    "basic-auth": BasicAuth,
    "api-key": APIKey,
    "jwt": JWT,
}
