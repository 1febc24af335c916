"""Clients that have signed in before: a cookie shows it, so that guesses at their address do not hold them up.

The cookie lets nobody in. It is ``<device>.<time when it expires>.<HMAC under the server's key>``, for one user.
"""

import time
from collections.abc import Mapping
from hmac import compare_digest
from secrets import token_hex

from apitest_server.odb.key import SecretKey

NAME = "apitest-device"
LIFETIME = 30 * 24 * 3600  # seconds
_PURPOSE = b"device"


class Devices:
    """Makes and reads the cookies."""

    def __init__(self, key: SecretKey) -> None:
        """Takes the server's key."""
        self._key = key

    def cookie(self, user: str, path: str) -> str:
        """The value of a ``Set-Cookie`` header, for a new device of a user who has just signed in."""
        return f"{NAME}={self.new(user)}; Max-Age={LIFETIME}; Path={path}; HttpOnly; SameSite=Strict"

    def of(self, headers: Mapping[str, str], user: str) -> str:
        """The device that a request's cookies show for a user, or an empty string."""
        for cookie in headers.get("cookie", "").split(";"):
            name, _, value = cookie.strip().partition("=")
            device = self.known(value, user) if name == NAME else ""
            if device:
                return device
        return ""

    def new(self, user: str) -> str:
        """The value of a cookie for a new device of a user who has just signed in."""
        device, expires = token_hex(8), int(time.time()) + LIFETIME
        return f"{device}.{expires}.{self._mac(user, device, expires)}"

    def known(self, value: str, user: str) -> str:
        """The device that the value of a cookie shows for a user, or an empty string."""
        device, _, rest = value.partition(".")
        expires, _, mac = rest.partition(".")
        if not (value.isascii() and expires.isdecimal()):
            return ""
        until = int(expires[:12])
        is_known = until > time.time() and compare_digest(mac, self._mac(user, device, until))
        return device if is_known else ""

    def _mac(self, user: str, device: str, expires: int) -> str:
        message = f"{device}.{expires}.{user}".encode("utf-8", "surrogatepass")
        return self._key.signature(_PURPOSE, message).decode("ascii")
