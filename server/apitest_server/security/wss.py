"""Security definitions: WS-Security, a user name and a password in the header of a SOAP envelope."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from apitest_server.config import SecurityDefinition
from apitest_server.security import credentials
from apitest_server.security.definitions import Secret, Verdict
from apitest_server.security.nonces import Nonces
from apitest_server.security.passwords import Verifier
from apitest_server.security.username_token import UsernameToken, decoded, digest, token_of

_EARLY = 60.0  # seconds by which the clock of a caller may be ahead


class WSS:
    """A username token: its password, or the digest of it, and that it is new.

    Attributes:
        nonces: those that were used already.
        now: seconds since 1970; all servers of one ODB have the same.
    """

    challenge = ""

    def __init__(self, definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> None:
        self.definition = definition
        self.nonces = Nonces()
        self.now = time.time

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The user name."""
        token = token_of(headers)
        return None if token is None else token.username

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The user name, once for each nonce."""
        token, wanted = token_of(headers), self.definition
        if token is None or not credentials.same(token.username, wanted.username):
            return None
        if token.is_digest != wanted.shows_digest or not self._is_right(token):
            return None
        return wanted.username if self._is_current(token) and self._is_first(token) else None

    def problem(self, headers: Mapping[str, str]) -> str:
        """Why ``check`` has refused a request: for the log, never for the caller."""
        token, wanted = token_of(headers), self.definition
        if token is None:
            return "it has no username token, or more than one"
        if not credentials.same(token.username, wanted.username):
            return f"its username token is of another user than the definition `{wanted.name}` has"
        if token.is_digest != wanted.shows_digest:
            return f"the definition `{wanted.name}` asks for the password_type `{wanted.password_type}`"
        if not self._is_right(token):
            return f"its password is not that of the definition `{wanted.name}`"
        if not self._is_current(token):
            return (
                f"its username token is too old or too new for the definition `{wanted.name}`, or has no nonce or time"
            )
        return "its username token was used before"

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """None: a message of another kind than SOAP has no header for it."""
        return {}

    def scheme(self) -> dict[str, str]:
        """WS-Security is not one of OpenAPI's own."""
        return {"type": "http", "scheme": "wsse"}

    def _is_right(self, token: UsernameToken) -> bool:
        if not token.is_digest:
            return credentials.same(token.password, self.definition.password)
        nonce = decoded(token.nonce)
        if nonce is None:
            return False
        return credentials.same(token.password.strip(), digest(nonce, token.created, self.definition.password))

    def _is_current(self, token: UsernameToken) -> bool:
        wanted = self.definition
        if not (token.nonce and token.created):
            return not wanted.reject_empty_nonce_creat
        created = _moment(token.created)
        if created is None:
            return False
        age = self.now() - created
        return -_EARLY <= age <= wanted.reject_expiry_limit if wanted.reject_stale_tokens else True

    def _is_first(self, token: UsernameToken) -> bool:
        if not token.nonce:
            return True  # The definition allows it: there is nothing to tell one from another by
        wanted, now = self.definition, self.now()
        kept = max(
            wanted.nonce_freshness_time, wanted.reject_expiry_limit + _EARLY if wanted.reject_stale_tokens else 0
        )
        words = f"{wanted.name}\0{''.join(token.nonce.split())}"
        return self.nonces.take(sha256(words.encode("utf-8", "surrogatepass")).hexdigest(), now + kept, now)


def _moment(text: str) -> float | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
