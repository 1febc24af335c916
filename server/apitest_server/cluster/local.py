"""Tokens of who can read the server's key, which is its owner: the command line calls the admin API with them.

A token is ``local.<time when it expires>.<HMAC of that under the server's key>``, and lives for a minute.
"""

import hmac
import time

from apitest_server.odb.key import SecretKey

USER = "local"
LIFETIME = 60


def token(key: SecretKey) -> str:
    """A new token, for the header ``Authorization: Bearer …``."""
    expires = str(int(time.time()) + LIFETIME)
    return f"local.{expires}.{_mac(key, expires)}"


def valid(key: SecretKey, given: str) -> bool:
    """Whether a token was made with the key, less than a minute ago."""
    kind, _, rest = given.partition(".")
    expires, _, mac = rest.partition(".")
    if kind != "local" or not (expires.isascii() and expires.isdecimal() and mac.isascii()):
        return False
    in_time = time.time() <= int(expires[:12]) <= time.time() + LIFETIME
    return hmac.compare_digest(mac, _mac(key, expires)) and in_time


def _mac(key: SecretKey, expires: str) -> str:
    return hmac.new(key.raw, b"local." + expires.encode("ascii"), "sha256").hexdigest()
