"""PURE  Credentials out of headers, and their comparison in constant time."""

import re
from base64 import b64decode, b64encode
from hmac import compare_digest

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch


def same(given: str | bytes, expected: str | bytes) -> bool:
    """Whether two secrets are equal; the time it takes says nothing about where they differ."""
    return compare_digest(_bytes(given), _bytes(expected))


def basic(header: str) -> tuple[str, str] | None:
    """User name and password of an ``Authorization: Basic …`` header, or ``None`` where it is none."""
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = b64decode(encoded.strip(), validate=True).decode("utf-8")
    except ValueError:  # Not Base64, not UTF-8, or not even ASCII
        return None
    username, colon, password = text.partition(":")
    return (username, password) if colon else None


def basic_value(username: str, password: str) -> str:
    """The value of an ``Authorization`` header that ``basic`` reads."""
    pair = f"{username}:{password}".encode("utf-8", "surrogatepass")
    return f"Basic {b64encode(pair).decode('ascii')}"


def bearer(header: str) -> str:
    """The token of an ``Authorization: Bearer …`` header, or an empty string where it is none."""
    scheme, _, token = header.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def header_of_key(username: str) -> str:
    """What carries an API key whose definition names no header: its user name, where a header can be called so."""
    return username if _HEADER_NAME(username) else "X-API-Key"


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
