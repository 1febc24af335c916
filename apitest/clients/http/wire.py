"""HTTP/1.1 as bytes: a request, and the head of an answer.

What is usual is read here, and anything that is not, by http.client: its leniency and its errors are those of every
Python client. A test reads the same bytes both ways.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from apitest.clients.http.message import NOT_SENT, Outgoing, Value, trimmed
from apitest.clients.http.url import DEFAULT_PORTS, origin
from apitest.expressions import expression

LONGEST_LINE = 65_536
MOST_LINES = 100
_STATUS_LINE = expression(r"HTTP/1\.([0-9]) +([1-9][0-9]{2})(?: +([!-~][ -~]*?)?)? *\r?\n")
_FIELD = r"[!-9;-~]+:[^\r\n]*\r?\n"
_FIELDS = expression(rf"(?!From )(?:{_FIELD})*\r?\n")
_EACH_FIELD = expression(r"([!-9;-~]+):([^\r\n]*)\r?\n")
_TOKEN = expression(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PLAIN_HOST = expression(r"https?://(?:[^/?#@]*@)?(?:[a-z0-9._-]*[a-z0-9_-]|\[[0-9a-f:.]+\])(?::[0-9]+)?(?:[/?#]|$)")
_SMALL = 65_536  # bytes of a body that goes out together with the head


class Head(NamedTuple):
    """The head of an answer.

    Attributes:
        minor: 0 for HTTP/1.0, 1 for all later ones.
        fields: names and values of the headers, in their order.
    """

    minor: int
    status: int
    reason: str
    fields: list[tuple[str, str]]

    def first(self, name: str) -> str | None:
        """The value of the first header of a name, given in small letters."""
        return next((value for known, value in self.fields if known.lower() == name), None)

    def ends_connection(self) -> bool:
        """Whether the server closes the connection after this answer."""
        connection = (self.first("connection") or "").lower()
        if self.minor:
            return "close" in connection
        return not self.first("keep-alive") and "keep-alive" not in connection


def is_usual(request: Outgoing) -> bool:
    """Whether method and headers are as all but deliberately wrong ones are, and the host needs no care either."""
    if not _TOKEN.fullmatch(request.method) or not _has_plain_host(request.url):
        return False
    return all(_is_usual_field(name, value) for name, value in request.headers.pairs())


# What follows is asked again and again of the same URLs and headers.
@lru_cache(maxsize=256)
def _has_plain_host(url: str) -> bool:
    return bool(_PLAIN_HOST.match(url))


@lru_cache(maxsize=512)
def _is_usual_field(name: str, value: Value) -> bool:
    text = value if isinstance(value, str) else value.decode("latin-1")
    return "\r" not in text and "\n" not in text and bool(_TOKEN.fullmatch(name))


def pieces(request: Outgoing) -> Iterator[bytes]:
    """The request as it goes over the wire.

    Raises:
        UnicodeEncodeError: a header holds more than Latin-1.
    """
    lines = [f"{request.method} {_target(request.url)} HTTP/1.1\r\n".encode("ascii")]
    if "Host" not in request.headers:
        lines.append(f"Host: {_authority(request.url)}\r\n".encode("ascii"))
    lines += [_line(name, value) for name, value in request.headers.pairs() if value != NOT_SENT]
    lines.append(b"\r\n")
    body = request.body or b""
    if not body and "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
        body = b"0\r\n\r\n"  # no chunk but the last
    if len(body) <= _SMALL:
        yield b"".join([*lines, body])
    else:
        yield b"".join(lines)
        yield body


@lru_cache(maxsize=256)
def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


@lru_cache(maxsize=512)
def _line(name: str, value: Value) -> bytes:
    return b"%b: %b\r\n" % (name.encode("ascii"), value if isinstance(value, bytes) else value.encode("latin-1"))


@lru_cache(maxsize=256)
def _authority(url: str) -> str:
    """Host and port, without the port that goes without saying."""
    scheme, host, port = origin(url)
    shown = f"[{host}]" if ":" in host else host
    return shown if port == DEFAULT_PORTS.get(scheme) else f"{shown}:{port}"


def parse_head(data: bytes) -> Head:
    """The head of an answer, up to and with the empty line.

    Raises:
        http.client.HTTPException: it is not one of HTTP.
    """
    text = data.decode("latin-1")
    status = _STATUS_LINE.match(text)
    start = status.end() if status else 0
    if status is None or len(data) > LONGEST_LINE or not _FIELDS.fullmatch(text, start):
        return _parsed_by_library(data)
    fields = trimmed(_EACH_FIELD.findall(text, start))
    if len(fields) >= MOST_LINES:
        return _parsed_by_library(data)
    return Head(1 if int(status[1]) else 0, int(status[2]), status[3] or "", fields)


def _parsed_by_library(data: bytes) -> Head:
    from http.client import HTTPResponse
    from io import BytesIO

    class Read:
        def makefile(self, mode: str) -> BytesIO:
            return BytesIO(data)

    response = HTTPResponse(Read())  # type: ignore[arg-type]  # of a socket it only asks for a file
    version, status, reason = response._read_status()  # type: ignore[attr-defined]  # begin() would pass over a 100
    if not version.startswith("HTTP/1.") and version != "HTTP/0.9":
        from http.client import UnknownProtocol

        raise UnknownProtocol(version)
    from http.client import parse_headers

    message = parse_headers(response.fp)
    return Head(0 if version in ("HTTP/1.0", "HTTP/0.9") else 1, status, reason.strip(), trimmed(message.items()))
