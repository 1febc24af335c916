"""PURE  The headers of HTTP responses."""

import re
from collections.abc import Iterable, Mapping

from apitest_server.errors import ServerError
from apitest_server.service.asgi import RawHeaders

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch
_FRAMING = frozenset({"content-length", "transfer-encoding"})  # Where a body ends is for the server to say
WITHOUT_BODY = frozenset({204, 205, 304})  # A client takes what follows such a head for the next response
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]").search


def fixed(cid: str) -> RawHeaders:
    """The headers that every response has."""
    return [(b"server", b"apitest-server"), (b"x-zato-cid", cid.encode("ascii"))]


def headers_of(own: Mapping[str, object], content_type: bytes, length: int | None, before: RawHeaders) -> RawHeaders:
    """All headers of a response: those before, then content type and length, then a service's own.

    Args:
        own: a value that is a list or a tuple makes its header repeat; a content type among them wins.
        content_type: empty for none.
        length: of the body, in bytes, or ``None`` for a status that has none; framing in ``own`` is ignored.
        before: what comes first.

    Raises:
        ServerError: a header cannot be sent.
    """
    headers = list(before)
    if content_type and not (own and "content-type" in map(str.lower, own)):
        headers.append((b"content-type", content_type))
    if length is not None:
        headers.append((b"content-length", str(length).encode("ascii")))
    for name, value in own.items():
        if name.lower() not in _FRAMING:
            values = value if isinstance(value, list | tuple) else (value,)
            headers.extend(header(name, str(item)) for item in values)
    return headers


def cookies(values: Iterable[str]) -> RawHeaders:
    """A header for each cookie.

    Raises:
        ServerError: one cannot be sent.
    """
    return [header("set-cookie", value) for value in values]


def header(name: str, value: str) -> tuple[bytes, bytes]:
    """One header.

    Raises:
        ServerError: its name is not a token, or its value has control characters or characters outside of Latin-1.
    """
    if not _NAME(name) or _FORBIDDEN(value):
        raise ServerError(f"The response header {name!r} cannot be sent: {_why(name)}")
    try:
        return name.lower().encode("ascii"), value.encode("latin-1")
    except UnicodeEncodeError:
        raise ServerError(f"The response header {name!r} cannot be sent: its value is not Latin-1") from None


def status(code: object) -> int:
    """A final HTTP status.

    Raises:
        ServerError: it is not a whole number from 200 to 599.
    """
    try:
        number = int(code)  # type: ignore[call-overload]  # http.HTTPStatus and "201" as well; refused otherwise
    except (TypeError, ValueError, OverflowError):
        number = 0
    if not 200 <= number <= 599:
        raise ServerError(f"The response status {code!r} cannot be sent: it must be 200 to 599")
    return int(number)


def _why(name: str) -> str:
    return "its value has control characters" if _NAME(name) else "its name has characters that are not allowed"
