"""The connections of a run; what a scenario sees of them is in test_client.py."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from apitest.clients.http.auth import DigestAuth
from apitest.clients.http.connection import Session
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.limits import TooLarge
from apitest.clients.http.message import NOT_SENT, Received
from apitest.clients.http.settings import RequestSettings
from apitest.events import Notice
from tests.apitest.web import WebServer

SIZE = 1_000_000


@pytest.fixture
def session() -> Iterator[Session]:
    """Connections, closed at the end."""
    made = Session()
    yield made
    made.close()


def sent(session: Session, url: str, cookies: Cookies | None = None, **settings: Any) -> Received:
    """The answer to a GET."""
    request = session.prepare("GET", session.target(url).url, {}, None, None)
    size = settings.pop("size", SIZE)
    return session.exchange(request, RequestSettings(**settings), size, cookies or Cookies(), (), lambda event: None)


def test_a_url_is_made_ready_once(session: Session) -> None:
    """The second request to it finds what the first one made."""
    target = session.target("http://127.0.0.1:1/a b")
    assert target.url == "http://127.0.0.1:1/a%20b"
    assert session.target("http://127.0.0.1:1/a b") is target
    with pytest.raises(requests.exceptions.InvalidURL):
        session.target("http://")


def test_proxies_are_looked_up_once_a_host(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says at the first request to a host counts for all."""
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert session.target("http://outside.example/a").proxies["http"] == "http://proxy:3128"
    assert session.target("http://inside.example/").proxies == {}
    monkeypatch.delenv("http_proxy")
    assert session.target("http://outside.example/b").proxies["http"] == "http://proxy:3128"


def test_headers_of_a_request(session: Session) -> None:
    """Own ones take the place of the defaults; None leaves one out, also those that requests would add."""
    own = {"accept": "text/plain", "X-One": 1, "User-Agent": None, "Accept-Encoding": None, "X-Two": "é"}
    headers = session.prepare("POST", "http://h/", own, b"abc", "text/plain").headers
    assert (headers["Accept"], headers["X-One"], headers["Content-Length"]) == ("text/plain", "1", "3")
    assert headers["Content-Type"] == "text/plain"
    assert headers["X-Two"] == "é".encode()
    assert headers["User-Agent"] == headers["Accept-Encoding"] == NOT_SENT
    assert session.prepare("POST", "http://h/", {}, None, None).headers["Content-Length"] == "0"
    assert "Content-Length" not in session.prepare("GET", "http://h/", {}, None, None).headers
    with pytest.raises(requests.exceptions.InvalidHeader):
        session.prepare("GET", "http://h/", {"X": "a\r\nb"}, None, None)


def test_who_sends(session: Session, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy, Digest Auth, an adapter of the project's own and odd headers are left to requests, all else is not."""
    by_library: list[str] = []
    send = HTTPAdapter.send

    def watched(self: Any, request: Any, *args: Any, **named: Any) -> requests.Response:
        by_library.append(request.url)
        return send(self, request, *args, **named)

    monkeypatch.setattr(HTTPAdapter, "send", watched)
    url = f"{web.address}/echo"
    plain = session.prepare("GET", url, {}, None, None)
    odd = session.prepare("GET", url, {"X (odd)": "1"}, None, None)
    signed = session.prepare("GET", url, {}, None, None)
    DigestAuth("ann", "secret").apply(signed)
    for request, expected in ((plain, 0), (odd, 1), (signed, 2)):
        session.exchange(request, RequestSettings(), SIZE, Cookies(), (), lambda event: None)
        assert len(by_library) == expected
    session.adapter = HTTPAdapter()
    assert sent(session, url).status_code == 200
    assert len(by_library) == 3
    monkeypatch.setenv("http_proxy", web.address)
    proxied = Session()
    assert sent(proxied, "http://elsewhere.example/echo").status_code == 200
    assert len(by_library) == 4
    proxied.close()


def test_requests_is_not_loaded_for_plain_requests(web: WebServer) -> None:
    """The library takes a good part of the time to a first result, and most runs need nothing of it."""
    code = (
        "import sys\n"
        "from apitest.clients.http.connection import Session\n"
        "from apitest.clients.http.cookies import Cookies\n"
        "from apitest.clients.http.settings import RequestSettings\n"
        "session = Session()\n"
        "request = session.prepare('POST', session.target(sys.argv[1]).url, {'X-A': 'b'}, b'{}', 'application/json')\n"
        "answer = session.exchange(request, RequestSettings(), 10_000, Cookies(), (), print)\n"
        "session.close()\n"
        "print(answer.status_code, sorted({'requests', 'urllib3', 'http.client'} & set(sys.modules)))\n"
    )
    environ = {"PATH": ""}
    command = [sys.executable, "-c", code, f"{web.address}/echo"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, env=environ)
    assert run.stdout == "200 []\n", run.stderr


def test_a_body_may_not_be_too_large(session: Session, web: WebServer) -> None:
    """Whether the server says how large it is or not."""
    for path in ("/echo", "/chunks"):
        with pytest.raises(TooLarge, match="a body of more than 1 byte"):
            sent(session, web.address + path, size=1)


def test_redirects_are_followed_unless_the_scenario_says_no(session: Session, web: WebServer) -> None:
    """The history has what led to the answer."""
    url = f"{web.address}/redirect?to=/echo"
    assert [one.status_code for one in sent(session, url).history] == [302]
    assert sent(session, url, redirects=False).status_code == 302


def test_cookies_go_into_the_jar(session: Session, web: WebServer) -> None:
    """One that a step set for any host leaves room for the server's own of the same name."""
    cookies = Cookies()
    cookies.jar.set("session", "of a step", domain="", path="/")
    sent(session, f"{web.address}/set-cookie?session=its-own", cookies)
    assert cookies.values() == ["its-own"]


def test_an_insecure_connection_is_told_once(session: Session) -> None:
    """However many requests there are."""
    told: list[Any] = []
    for _ in range(2):
        session.allow_insecure(told.append)
    assert [type(event) for event in told] == [Notice]
