"""Where a redirect leads, and what of a request goes along to another origin.

An origin is the scheme, the host and the port of a URL. Credentials for one never reach another.
"""

from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from apitest.clients.http import url as http_url
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.message import Outgoing, Received
from apitest.clients.http.url import DEFAULT_PORTS, origin
from apitest.events import Notice
from apitest.redaction import is_secret

MOST = 30
_OF_BODIES = ("Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding")
_KEEP_METHOD = (307, 308)


class BadRedirect(Exception):
    """The server redirects to a URL that a request cannot be sent to."""


class TooManyRedirects(Exception):
    """There is no end to be seen."""


class Hop(NamedTuple):
    """The request that a redirect asks for.

    Attributes:
        request: ready to be sent.
        dropped: what of the request before was left out, since this one goes to another origin.
    """

    request: Outgoing
    dropped: tuple[str, ...]


def target(response: Received) -> str:
    """The absolute URL that a redirect leads to.

    Raises:
        BadRedirect: no HTTP request can be sent there.
    """
    try:
        # http.client reads headers as Latin-1, and servers write UTF-8.
        location = response.headers.text("Location").encode("latin-1").decode("utf-8", "replace")
        url = urljoin(response.url, http_url.requoted(location))
        scheme, host, _ = origin(url)
    except ValueError as error:
        raise BadRedirect(str(error)) from None
    if scheme not in DEFAULT_PORTS or not host:
        raise BadRedirect(f"{url} is not an http:// or https:// URL")
    fragment = urlsplit(response.url).fragment
    return f"{url}#{fragment}" if fragment and "#" not in url else url


def hop(response: Received, cookies: Cookies, secrets: Collection[str], *, keep: bool) -> Hop:
    """The request that a redirect asks for.

    Args:
        response: the redirect; ``response.request`` is what it answers.
        cookies: those of the scenario; those without a domain were set by steps.
        secrets: values that prove who sends a request, wherever they stand in it.
        keep: whether another origin is sent everything.

    Raises:
        BadRedirect: it leads to no URL that a request can be sent to.
    """
    before, url = response.request, target(response)
    request, dropped = before.copy(), []
    try:
        request.url = http_url.ready(url)
    except ValueError as error:  # those of requests are ValueErrors
        raise BadRedirect(str(error)) from None
    _change_method(request, response.status_code)
    had_cookies = request.headers.pop("Cookie", None)
    elsewhere = not keep and origin(before.url) != origin(request.url)
    if elsewhere:
        dropped = [*(["cookies of steps"] if had_cookies else []), *_drop(request, secrets)]
    sent = cookies.header(request, of_steps=not elsewhere)
    if sent is not None:
        request.headers["Cookie"] = sent
    return Hop(request, tuple(dropped))


def notice(hop: Hop) -> Notice:
    """What a hop leaves out, to be told of."""
    scheme, host, port = origin(hop.request.url)
    told = f"Redirected to another origin, {scheme}://{host}:{port}, which is not sent: {', '.join(hop.dropped)}"
    return Notice(told, verbose_only=True)


def check_number(history: Collection[Received]) -> None:
    """Raises TooManyRedirects where so many redirects were followed that there is no end to be seen."""
    if len(history) >= MOST:
        raise TooManyRedirects(f"Exceeded {MOST} redirects")


def _change_method(request: Outgoing, status: int) -> None:
    """What is sent after 301, 302 and 303, as browsers do; 307 and 308 keep method and body."""
    if (status in (302, 303) and request.method != "HEAD") or (status == 301 and request.method == "POST"):
        request.method = "GET"
    if status not in _KEEP_METHOD:
        _without_body(request)


def _without_body(request: Outgoing) -> None:
    for name in _OF_BODIES:
        request.headers.pop(name, None)
    request.body = None


def _drop(request: Outgoing, secrets: Collection[str]) -> list[str]:
    """Takes out of a request what is meant for the origin that it was first sent to; returns what that was."""
    dropped = [name for name, value in request.headers.items() if _proves(name, value, secrets)]
    for name in dropped:
        del request.headers[name]
    if request.digest is not None:
        request.digest = None
        if "Authorization" not in dropped:
            dropped.append("the answer to a Digest challenge")
    if request.body:
        _without_body(request)
        request.headers["Content-Length"] = "0"
        dropped.append("the body")
    return dropped


def _proves(name: str, value: str | bytes, secrets: Collection[str]) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return is_secret(name) or any(secret == text or (len(secret) > 3 and secret in text) for secret in secrets)
