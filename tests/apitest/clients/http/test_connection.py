"""The pooled session of requests; what a scenario sees of it is in test_client.py."""

from typing import Any

import pytest
import requests
from requests.cookies import RequestsCookieJar
from urllib3.util import SKIP_HEADER

from apitest.clients.http.connection import Session
from apitest.clients.http.limits import TooLarge
from apitest.clients.http.settings import RequestSettings
from apitest.events import Notice
from tests.apitest.web import WebServer

SIZE = 1_000_000


def sent(session: Session, url: str, jar: RequestsCookieJar | None = None, **settings: Any) -> requests.Response:
    """The answer to a GET."""
    prepared = session.prepare("GET", session.target(url).url, {}, None, None)
    size = settings.pop("size", SIZE)
    jar = RequestsCookieJar() if jar is None else jar
    return session.exchange(prepared, RequestSettings(**settings), size, jar, (), lambda event: None)


def test_a_url_is_made_ready_once() -> None:
    """The second request to it finds what the first one made."""
    session = Session()
    target = session.target("http://127.0.0.1:1/a b")
    assert target.url == "http://127.0.0.1:1/a%20b"
    assert session.target("http://127.0.0.1:1/a b") is target
    with pytest.raises(requests.exceptions.InvalidURL):
        session.target("http://")


def test_proxies_are_looked_up_once_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says at the first request to a host counts for all."""
    session = Session()
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert session.target("http://outside.example/a").proxies["http"] == "http://proxy:3128"
    assert session.target("http://inside.example/").proxies == {}
    monkeypatch.delenv("http_proxy")
    assert session.target("http://outside.example/b").proxies["http"] == "http://proxy:3128"


def test_headers_of_a_request() -> None:
    """Own ones take the place of the defaults; None leaves one out, also those that urllib3 adds by itself."""
    session = Session()
    own = {"accept": "text/plain", "X-One": 1, "User-Agent": None, "Accept-Encoding": None, "X-Two": "é"}
    headers = session.prepare("POST", "http://h/", own, b"abc", "text/plain").headers
    assert (headers["Accept"], headers["X-One"], headers["Content-Length"]) == ("text/plain", "1", "3")
    assert headers["Content-Type"] == "text/plain"
    assert headers["X-Two"] == "é".encode()
    assert headers["User-Agent"] == headers["Accept-Encoding"] == SKIP_HEADER
    assert session.prepare("POST", "http://h/", {}, None, None).headers["Content-Length"] == "0"
    assert "Content-Length" not in session.prepare("GET", "http://h/", {}, None, None).headers
    with pytest.raises(requests.exceptions.InvalidHeader):
        session.prepare("GET", "http://h/", {"X": "a\r\nb"}, None, None)


def test_a_connection_is_used_again(web: WebServer) -> None:
    """Two requests go through one pool, whose key is not built twice."""
    session = Session()
    for _ in range(2):
        assert sent(session, f"{web.address}/echo").status_code == 200
    pool = session.adapter.get_connection_with_tls_context(
        session.prepare("GET", f"{web.address}/echo", {}, None, None), session.ca_bundle
    )
    assert pool.num_connections == 1  # type: ignore[attr-defined]  # of HTTPConnectionPool


def test_a_body_may_not_be_too_large(web: WebServer) -> None:
    """Whether the server says how large it is or not."""
    for path in ("/echo", "/chunks"):
        with pytest.raises(TooLarge, match="a body of more than 1 byte"):
            sent(Session(), web.address + path, size=1)


def test_redirects_are_followed_unless_the_scenario_says_no(web: WebServer) -> None:
    """The history has what led to the answer."""
    session = Session()
    url = f"{web.address}/redirect?to=/echo"
    assert [one.status_code for one in sent(session, url).history] == [302]
    assert sent(session, url, redirects=False).status_code == 302


def test_cookies_go_into_the_jar(web: WebServer) -> None:
    """One that a step set for any host leaves room for the server's own of the same name."""
    jar = RequestsCookieJar()
    jar.set("session", "of a step", domain="", path="/")
    sent(Session(), f"{web.address}/set-cookie?session=its-own", jar)
    assert jar.values() == ["its-own"]


def test_an_insecure_connection_is_told_once() -> None:
    """However many requests there are."""
    session, told = Session(), []
    for _ in range(2):
        session.allow_insecure(told.append)
    assert [type(event) for event in told] == [Notice]
