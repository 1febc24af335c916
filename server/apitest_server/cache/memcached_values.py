"""PURE  Values as memcached keeps them: bytes, and a number that says what they are of.

Texts and whole numbers are written as most clients do, so that others can read them. All else is JSON. What others have
pickled is not read: whoever can write into the cache could run code here.
"""

import json
from math import ceil, isfinite

from apitest_server.cache.plain import is_plain

_BYTES, _PICKLE, _INTEGER, _LONG, _COMPRESSED, _TEXT, _JSON = 0, 1, 2, 4, 8, 16, 32
_LONGEST_KEY = 250  # bytes
_LONGEST = 30 * 24 * 3600  # Of more seconds memcached makes a point in time


def written(value: object) -> tuple[bytes, int]:
    """A value as it is kept, and what it is.

    Raises:
        ValueError: it would not come out as it went in.
    """
    if isinstance(value, bytes):
        return value, _BYTES
    if type(value) is str:
        return value.encode("utf-8", "surrogatepass"), _TEXT
    if type(value) is int:
        return str(value).encode("ascii"), _INTEGER
    if not is_plain(value):
        kind = type(value).__name__
        raise ValueError(f"must be made of bytes, texts, numbers, true, false, none, lists, dictionaries, not {kind}")
    return json.dumps(value, separators=(",", ":")).encode("ascii"), _JSON


def read(content: bytes, flags: int) -> object:
    """A value out of what is kept.

    Raises:
        ValueError: others have written it, in a way that is not read here.
    """
    if flags == _BYTES:
        return content
    if flags == _TEXT:
        return content.decode("utf-8", "surrogatepass")
    if flags in (_INTEGER, _LONG):
        return int(content)
    if flags == _JSON:
        return json.loads(content)
    if flags & _PICKLE:
        raise ValueError("was pickled by another client, and could run code: it is not read")
    if flags & _COMPRESSED:
        raise ValueError("was compressed by another client: it is not read")
    raise ValueError(f"was written by another client, with flags {flags} that are not known")


def seconds(expiry: float, now: float) -> int:
    """How long a value lives, as memcached takes it: 0 for ever, whole seconds, after 30 days a point in time.

    Args:
        expiry: in seconds.
        now: seconds since 1970.

    Raises:
        ValueError: there can be no such time.
    """
    if not isfinite(expiry) or expiry < 0:
        raise ValueError(f"must have an expiry that is a number of seconds, 0 or more, not {expiry}")
    whole = ceil(expiry)
    return whole if whole <= _LONGEST else ceil(now) + whole


def checked(key: str, prefix: str = "") -> str:
    """A key that memcached can have.

    Raises:
        ValueError: it cannot.
    """
    content = f"{prefix}{key}".encode("utf-8", "surrogatepass")
    if not key or len(content) > _LONGEST_KEY or any(byte <= 32 or byte == 127 for byte in content):
        raise ValueError(f"must have keys of 1 to {_LONGEST_KEY} bytes, without spaces and control characters")
    return key
