"""Where a WebSocket is, and how a connection to it is opened."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from apitest.clients.http import url as http_url
from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.literals import utf8
from apitest.redaction import redact_url

_SCHEMES = {"ws": "ws", "wss": "wss", "http": "ws", "https": "wss"}
_PORTS = {"ws": 80, "wss": 443}
_EXAMPLE = "A WebSocket's URL is written like ws://localhost:8080/feed, or wss:// with TLS"
_TOKEN = expression(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_KEPT = "/%:=&?~#+!$,;'@()*[]"  # what a path and a query may have in them as it is


class WebSocketSettings(NamedTuple):
    """What the sentences say of the connections that follow; time-out, TLS and sizes are as for HTTP.

    Attributes:
        subprotocols: those that the server can choose from.
        answers_pings: whether pings of the server are answered with pongs.
    """

    subprotocols: tuple[str, ...] = ()
    answers_pings: bool = True


class Target(NamedTuple):
    """Where to connect to.

    Attributes:
        url: percent-encoded, without user and password.
        host: without port; port likewise.
        secure: whether with TLS.
        user: of the URL, with password; None where it has none.
    """

    url: str
    host: str
    port: int
    secure: bool
    user: tuple[str, str] | None = None

    @property
    def shown(self) -> str:
        """The URL as it may be printed."""
        return redact_url(self.url)

    @property
    def authority(self) -> str:
        """Host and port, as errors name them."""
        return urlsplit(self.url).netloc


def target(text: str, address: str, parameters: Iterable[tuple[str, object]] = ()) -> Target:
    """Where a sentence's URL leads.

    Args:
        text: a URL; http and https stand for ws and wss; a path alone starts at the address.
        address: of the scenario or the project; may be empty.
        parameters: added to the query.

    Raises:
        BadValue: it is not the URL of a WebSocket.
    """
    whole = http_url.absolute(text.strip(), address)
    added = list(parameters)
    try:
        parts = urlsplit(http_url.with_parameters(whole, added) if added else whole)
        scheme, host, port = _SCHEMES.get(parts.scheme.lower(), ""), parts.hostname, parts.port
        whole.encode()
    except ValueError as error:
        raise BadValue(f'"{redact_url(whole)}" is not a URL: {http_url.fault(str(error))}', fix=_EXAMPLE) from None
    if not scheme or not host:
        raise BadValue(f'"{redact_url(whole)}" is not the URL of a WebSocket', fix=_EXAMPLE)
    return _target(parts, scheme, _ascii(host), port)


def _target(parts: SplitResult, scheme: str, host: str, port: int | None) -> Target:
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        netloc += f":{port}"
    url = parts._replace(
        scheme=scheme, netloc=netloc, path=quote(parts.path or "/", _KEPT), query=quote(parts.query, _KEPT), fragment=""
    ).geturl()
    user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Target(url, host, port or _PORTS[scheme], scheme == "wss", user)


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadValue(f'"{host}" is not the name of a host', fix=_EXAMPLE) from None


def subprotocols(text: str) -> tuple[str, ...]:
    """The names of subprotocols, which commas separate.

    Raises:
        BadValue: there is none, or one that cannot be a name.
    """
    names = tuple(name.strip() for name in text.split(","))
    wrong = next((name for name in names if not _TOKEN.fullmatch(name)), None)
    if wrong is not None:
        raise BadValue(f'"{wrong}" cannot be the name of a subprotocol', fix='Write names such as "graphql-ws, json"')
    return names


def check_header(name: str, value: str) -> None:
    """Whether a header can be sent.

    Raises:
        BadValue: its name or its value would break the request.
    """
    utf8(value, f"The header {name}")
    if not _TOKEN.fullmatch(name) or re.search(r"[\r\n\0]", value):
        raise BadValue(f"A header cannot be sent: {name}", fix="A header is one line of text, its name one word")
