"""A request and its answer as reports show them: bodies as text, shortened."""

from typing import TYPE_CHECKING

from apitest.clients.http.message import NOT_SENT
from apitest.events import Exchange
from apitest.expressions import expression
from apitest.language.shortening import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitest.clients.http.message import Outgoing, Received

_LIMIT = 10_000  # characters of a body in a report
_BINARY_BYTES = 16  # as many bytes of a binary body as are shown
_CONTROL = expression(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def make(request: "Outgoing", response: "Received | None") -> Exchange:
    """The exchange as an event; secrets are taken out where it is emitted.

    Args:
        request: what was to be sent; after redirects, the answer knows what was sent last.
        response: None if no answer came.
    """
    sent = request if response is None else response.request
    asked = Exchange(
        protocol="HTTP",
        request=f"{sent.method} {sent.url or ''}",
        request_headers=_headers(sent.headers),
        request_body=_body(sent.body or b""),
    )
    if response is None:
        return asked
    return asked._replace(
        response=f"{response.status_code} {response.reason or ''}".rstrip(),
        response_headers=_headers(response.headers),
        seconds=response.elapsed.total_seconds(),
        response_body=_body(response.content),
    )


def _headers(headers: "Mapping[str, str | bytes]") -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(value)) for name, value in headers.items() if value != NOT_SENT)


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _body(body: object) -> str:
    return cut(printable(body if isinstance(body, bytes) else str(body).encode()), _LIMIT)


def printable(data: bytes) -> str:
    """A body as text, its control characters escaped; of a binary one, its size and its first bytes."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return _CONTROL.sub(lambda control: f"\\x{ord(control[0]):02x}", text)
    size = f"{len(data):,} {'byte' if len(data) == 1 else 'bytes'}"
    more = " …" if len(data) > _BINARY_BYTES else ""
    return f"<{size} of binary data: {data[:_BINARY_BYTES].hex(' ')}{more}>"
