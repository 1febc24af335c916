"""The way to a WebSocket through the HTTP proxy that the environment asks for: CONNECT, with TLS or without."""

import base64
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from apitest.clients.http import settings as http_settings
from apitest.clients.websocket.settings import Target
from apitest.clients.websocket.stream import Stream
from apitest.errors import BadValue
from apitest.language.shortening import beginning
from apitest.redaction import redact_url

VARIABLES = "Proxies come from the variables http_proxy, https_proxy and no_proxy of the environment"
_PORT = 80
_CONNECTED = 200


class Proxy(NamedTuple):
    """An HTTP proxy.

    Attributes:
        host: of the proxy; port likewise.
        authorization: the value of Proxy-Authorization; empty for none.
        shown: its URL as it may be printed.
    """

    host: str
    port: int
    authorization: str
    shown: str


class ProxyFailed(Exception):
    """The proxy cannot be reached, or does not connect; the text says why."""


def of(target: Target) -> Proxy | None:
    """The proxy for a WebSocket, which is the one for HTTP to the same host; None for none.

    Raises:
        BadValue: it is not an HTTP proxy.
    """
    url = target.url.replace("ws", "http", 1)
    from requests.utils import select_proxy  # here, since requests takes its time to import

    found = select_proxy(url, http_settings.proxies(url))
    if not found:
        return None
    try:
        parts = urlsplit(found if "://" in found else f"http://{found}")
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:
        host, port = None, _PORT
    if not host or parts.scheme != "http":
        raise BadValue(
            f"WebSockets cannot use the proxy {redact_url(found)}", fix=f"Name one with http://. {VARIABLES}"
        )
    user = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    authorization = f"Basic {base64.b64encode(user.encode()).decode()}" if user else ""
    return Proxy(host, port, authorization, redact_url(found))


def tunnel(stream: Stream, proxy: Proxy, target: Target) -> None:
    """Has the proxy connect to the target; what is sent afterwards goes there.

    Raises:
        ProxyFailed: the proxy does not.
        OSError: the connection broke; TimeoutError where it takes too long.
        TooLarge: its answer has no end.
    """
    host = f"[{target.host}]" if ":" in target.host else target.host
    lines = [f"CONNECT {host}:{target.port} HTTP/1.1", f"Host: {host}:{target.port}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    request = memoryview("\r\n".join([*lines, "", ""]).encode())
    while request:
        request = request[stream.send(request) :]
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = stream.recv(1)
        if not byte:
            raise ProxyFailed("it closed the connection")
        head += byte
    stream.head = bytearray()
    first = head.partition(b"\r\n")[0].decode("latin-1")
    if first.split(" ", 2)[1:2] != [str(_CONNECTED)]:
        raise ProxyFailed(f"it answered {beginning(first, 100)}")
