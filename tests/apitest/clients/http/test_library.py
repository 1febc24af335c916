"""What is sent over requests, and what is made into its objects."""

from collections.abc import Iterator

import pytest
import requests
from requests.adapters import HTTPAdapter

from apitest.clients.http.auth import DigestAuth
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.direct import Direct
from apitest.clients.http.library import Library, as_response, received
from apitest.clients.http.limits import Limits
from apitest.clients.http.message import Headers, Outgoing
from apitest.clients.http.settings import RequestSettings
from tests.apitest.web import WebServer

SIZE = 1_000_000
DEFAULTS = (("User-Agent", "a"), ("Accept-Encoding", "gzip"), ("Accept", "*/*"), ("Content-Length", "3"))


@pytest.fixture
def limits() -> Limits:
    """A minute for an exchange."""
    made = Limits()
    made.start(60)
    return made


@pytest.fixture
def library(limits: Limits) -> Iterator[Library]:
    """The transport, closed at the end."""
    made = Library(HTTPAdapter(), limits, True)
    yield made
    made.close()


def test_digest(library: Library, web: WebServer) -> None:
    """A challenge is answered; it is in the history, and what was sent last is signed."""
    request = Outgoing("GET", f"{web.address}/digest", Headers([("X-A", "b")]))
    DigestAuth("ann", "secret").apply(request)
    answer = library.send(request, RequestSettings(), SIZE, {}, Cookies())
    assert answer.status_code == 200
    assert [one.status_code for one in answer.history] == [401]
    assert answer.request.headers.text("Authorization").startswith('Digest username="ann"')
    assert "Authorization" not in request.headers


def test_the_same_either_way(library: Library, limits: Limits, web: WebServer) -> None:
    """A project's Python finds the same in a response of requests, whichever way it came."""
    direct = Direct(limits, True)
    for path in ("/echo", "/gzip", "/empty", "/status/404", "/chunks", "/set-cookie?a=1&b=2", "/headers?X-A=1&x-a=2"):
        request = Outgoing("POST", web.address + path, Headers(DEFAULTS), b"abc")
        one = as_response(library.send(request, RequestSettings(), SIZE, {}, Cookies()))
        other = as_response(direct.send(request, RequestSettings(), SIZE))
        assert _seen(one) == _seen(other), path
    direct.close()


def _seen(response: requests.Response) -> object:
    asked = response.request
    headers = {name: value for name, value in response.headers.items() if name != "Date"}
    cookies = {cookie.name: cookie.value for cookie in response.cookies}
    raw = response.raw.headers.getlist("Set-Cookie"), response.raw.status
    return (
        (response.status_code, response.reason, response.url, response.encoding, response.text, response.ok, headers),
        (cookies, raw, asked.method, asked.url, asked.body, dict(asked.headers), response.history),
        b"".join(response.iter_content(10)),
    )


def test_an_adapter_of_the_projects_own(limits: Limits) -> None:
    """A response that an adapter makes up has no bytes of its own, and comes back as the same object."""

    class MadeUp(HTTPAdapter):
        def send(self, request: requests.PreparedRequest, *args: object, **named: object) -> requests.Response:
            made = requests.Response()
            made.status_code, made.url, made.request = 418, str(request.url), request
            made.headers["X-A"] = "b"
            made._content, made._content_consumed = b"tea", True  # type: ignore[attr-defined]
            return made

    request = Outgoing("GET", "http://h/", Headers())
    answer = Library(MadeUp(), limits, True).send(request, RequestSettings(), SIZE, {}, Cookies())
    assert (answer.status_code, answer.content, answer.all("x-a")) == (418, b"tea", ["b"])
    assert as_response(answer) is answer.original


def test_a_response_without_a_request() -> None:
    """What was asked for counts where the response does not know what it answers."""
    response = requests.Response()
    response.status_code, response._content = 200, b""
    request = Outgoing("GET", "http://h/", Headers())
    assert received(response, request).request is request
