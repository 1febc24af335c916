"""PURE  What a page of web-admin answers with, and the headers that keep a browser safe."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal

from apitest_server.about import WEB_ADMIN
from apitest_server.service.asgi import RawHeaders

PREFIX = WEB_ADMIN
COOKIE = "apitest-session"
DEVICE = "apitest-device"  # The cookie of a browser that has signed in before; it lets nobody in
DEVICE_LIFE = 30 * 24 * 3600  # seconds
# Scripts and styles are files of our own, and nothing else is loaded from anywhere.
_SAFE: RawHeaders = [
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
# A browser uses nothing but TLS for a year (RFC 6797), on all ports of the name
STRICT = (b"strict-transport-security", b"max-age=31536000")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Attributes:
        body: its bytes.
        kind: its content type.
        status: of HTTP.
        headers: next to those that every answer has.
        cache: how long a browser may keep it; pages are never kept.
    """

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: RawHeaders = field(default_factory=list)
    cache: Literal["no-store", "public, max-age=31536000, immutable"] = "no-store"

    def raw_headers(self) -> RawHeaders:
        """All of its headers."""
        return [
            (b"content-type", self.kind.encode("ascii")),
            (b"content-length", str(len(self.body)).encode("ascii")),
            (b"cache-control", self.cache.encode("ascii")),
            *_SAFE,
            *self.headers,
        ]


@dataclass(frozen=True, slots=True)
class Stream:
    """Server-sent events, until either side ends them.

    Attributes:
        events: each event's data, as JSON in one line.
    """

    events: AsyncIterator[bytes]

    @staticmethod
    def raw_headers() -> RawHeaders:
        """All of its headers."""
        return [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),  # nginx would keep events back until it has a buffer full of them
            *_SAFE,
        ]


def redirect(path: str, *headers: tuple[bytes, bytes]) -> Answer:
    """Leads to another page of web-admin, which is read with GET.

    Args:
        path: below ``PREFIX``, percent-encoded.
        headers: such as cookies.
    """
    return Answer(status=303, headers=[(b"location", (PREFIX + path).encode("ascii")), *headers])


def cookie(value: str, max_age: int, is_secure: bool, name: str = COOKIE) -> tuple[bytes, bytes]:
    """The header that sets a cookie, the session's; no script can read it, and no other site's page sends it along.

    Args:
        value: of the cookie.
        max_age: in seconds; 0 takes the cookie away.
        is_secure: whether it must never go over a connection without TLS.
        name: of the cookie.
    """
    text = f"{name}={value}; Max-Age={max_age}; Path={PREFIX}; HttpOnly; SameSite=Strict"
    return b"set-cookie", (text + ("; Secure" if is_secure else "")).encode("ascii")
