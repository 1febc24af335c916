"""Tests of where redirects lead, and of what goes along."""

import pytest

from apitest.clients.http import redirects
from apitest.clients.http.cookies import Cookies
from apitest.clients.http.message import Headers, Outgoing, Received
from apitest.clients.http.redirects import BadRedirect, Hop, TooManyRedirects

HERE = "http://a.example/x/y?q=1"


def _redirect(location: str, status: int = 302, method: str = "POST", url: str = HERE) -> Received:
    headers = {"Authorization": "Bearer t0ken", "X-Plain": "1", "Content-Type": "text/plain", "Content-Length": "4"}
    request = Outgoing(method, url, Headers(headers.items()), b"body")
    return Received(status, "", url, Headers([("Location", location)]), [("Location", location)], b"", request)


def _hop(response: Received, *, keep: bool = False) -> Hop:
    cookies = Cookies()
    cookies.jar.set("of", "a-step")
    cookies.jar.set("set", "by-server", domain="b.example")
    return redirects.hop(response, cookies, {"t0ken"}, keep=keep)


def test_targets() -> None:
    """A location is absolute, or read as a link on the page; a fragment is kept."""
    for location, url in {
        "/z": "http://a.example/z",
        "z": "http://a.example/x/z",
        "?q=2": "http://a.example/x/y?q=2",
        "//b.example/z": "http://b.example/z",
        "https://b.example/ü".encode().decode("latin-1"): "https://b.example/%C3%BC",
        "/z#f": "http://a.example/z#f",
    }.items():
        assert redirects.target(_redirect(location)) == url
    assert redirects.target(_redirect("/z", url=f"{HERE}#part")) == "http://a.example/z#part"


def test_no_target() -> None:
    """What is not a URL of HTTP is refused."""
    for location in ("file:///etc/passwd", "ftp://b.example/", "http://[::1", "http://b.example:x/", "javascript:x"):
        with pytest.raises(BadRedirect):
            redirects.target(_redirect(location))
    with pytest.raises(BadRedirect):
        _hop(_redirect("http://.b..example/"))


def test_methods() -> None:
    """301, 302 and 303 make a GET of a POST, 307 and 308 keep method and body; HEAD stays HEAD."""
    for status, method, sent in (
        (301, "POST", "GET"), (301, "PUT", "PUT"), (302, "PUT", "GET"), (303, "DELETE", "GET"), (302, "HEAD", "HEAD"),
        (307, "POST", "POST"), (308, "PUT", "PUT"),
    ):  # fmt: skip
        request = _hop(_redirect("/z", status, method)).request
        assert request.method == sent
        assert (request.body is not None) == (status in (307, 308))
        assert ("Content-Type" in request.headers) == (status in (307, 308))


def _sent(request: Outgoing) -> tuple[object, ...]:
    return request.headers.get("Authorization"), request.headers.get("Cookie"), request.body


def test_another_origin() -> None:
    """Credentials, cookies of steps and the body stay behind, unless they are kept; the server's cookies go."""
    response = _redirect("http://b.example/", 307)
    response.request.headers["Cookie"] = "of=a-step"
    hop = _hop(response)
    assert _sent(hop.request) == (None, "set=by-server", None)
    assert hop.request.headers["X-Plain"] == "1"
    assert hop.dropped == ("cookies of steps", "Authorization", "the body")
    kept = _hop(response, keep=True)
    assert _sent(kept.request) == ("Bearer t0ken", "of=a-step; set=by-server", b"body")
    assert kept.dropped == ()


def test_notice() -> None:
    """What was left out is told with the origin, and without the secret."""
    notice = redirects.notice(_hop(_redirect("http://b.example/?token=1", 307)))
    assert notice.verbose_only
    expected = "Redirected to another origin, http://b.example:80, which is not sent: Authorization, the body"
    assert notice.text == expected


def test_number() -> None:
    """Thirty redirects are followed and no more."""
    redirects.check_number([_redirect("/")] * 29)
    with pytest.raises(TooManyRedirects):
        redirects.check_number([_redirect("/")] * 30)
