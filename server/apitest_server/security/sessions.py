"""Sessions of administrators who sign in with a form: what a browser keeps in a cookie instead of the password.

A session is ``<user>.<time when it expires>.<random digits>.<HMAC>``, the user in URL-safe Base64. The HMAC covers what
is stored of the password, so that a session ends where the password changes. All servers of an ODB know each other's.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from secrets import token_hex
from typing import NamedTuple

from apitest_server.components import Key
from apitest_server.errors import Unauthorized
from apitest_server.odb.key import SecretKey
from apitest_server.security.administrators import KEY, Administrators
from apitest_server.security.authentication import Authentication
from apitest_server.security.tokens import Tokens

LIFETIME = 12 * 3600  # seconds
_PURPOSE = b"session"
_LONGEST = 2000  # characters; a user name has 200


class Session(NamedTuple):
    """A valid session.

    Attributes:
        user: who has signed in.
        digest: by which it is revoked.
        expires: in seconds since 1970.
    """

    user: str
    digest: str
    expires: int


class Sessions:
    """Makes, reads and ends sessions."""

    def __init__(
        self, authentication: Authentication, administrators: Administrators, key: SecretKey, tokens: Tokens
    ) -> None:
        self._authentication = authentication
        self._administrators = administrators
        self._key = key
        self._tokens = tokens

    async def log_in(self, username: str, password: str, address: str, device: str = "") -> tuple[str, Session]:
        """A new session as text, and what it holds; ``device`` is what one shows that has signed in before.

        Raises:
            Unauthorized: no such administrator, or a wrong password; which of both is not told. Who may call the admin
                API without being one has no session.
            TooManyRequests: another attempt of this caller is being slowed down.
        """
        user = await self._authentication.sign_in(KEY, username, password, address, device)
        if user not in self._administrators.passwords:
            raise Unauthorized
        expires = int(self._authentication.now()) + LIFETIME
        session = Session(user, token_hex(16), expires)
        name = urlsafe_b64encode(user.encode("utf-8")).decode("ascii")
        return f"{name}.{expires}.{session.digest}.{self._mac(session)}", session

    def device(self, user: str, shown: str) -> str:
        """What a device shows when its user signs in the next time: what it has shown now, if that is good."""
        devices = self._authentication.devices
        if devices is None:
            return ""
        return shown if devices.known(shown, user) else devices.new(user)

    async def read(self, given: str) -> Session:
        """What a session holds.

        Raises:
            Unauthorized: it is not valid, has expired or was ended.
        """
        await self._authentication.refresh()
        session, mac = _parted(given)
        if session.user not in self._administrators.passwords:
            raise Unauthorized
        is_valid = compare_digest(mac.encode("utf-8", "replace"), self._mac(session).encode("ascii"))
        if (
            not is_valid
            or session.expires <= self._authentication.now()
            or session.digest in self._authentication.revoked
        ):
            raise Unauthorized
        return session

    async def log_out(self, given: str) -> None:
        """Ends a session, on all servers.

        Raises:
            Unauthorized: it is not valid anyway.
        """
        session = await self.read(given)
        await self._tokens.revoke(session.digest, session.expires)

    def _mac(self, session: Session) -> str:
        stored = self._administrators.passwords[session.user]
        message = "\0".join((session.user, str(session.expires), session.digest, stored))
        return self._key.signature(_PURPOSE, message.encode("utf-8")).decode("ascii")


def _parted(given: str) -> tuple[Session, str]:
    parts = given.split(".") if len(given) <= _LONGEST else []
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdecimal() and len(parts[1]) <= 12):
        raise Unauthorized
    try:
        user = urlsafe_b64decode(parts[0]).decode("utf-8")
    except ValueError:
        raise Unauthorized from None
    return Session(user, parts[2], int(parts[1])), parts[3]


SESSIONS: Key[Sessions] = Key("sessions")
