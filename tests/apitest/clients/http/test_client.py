"""The HTTP client against a real server."""

import socket
from typing import Any

import pytest

from apitest.clients.http import client as http
from apitest.errors import ApitestError, BadValue, CheckFailed, TimedOut, Unreachable
from apitest.redaction import redact
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


@pytest.fixture
def ask(play: Play, web: WebServer) -> Any:
    def ask(path: str, *lines: str) -> http.HTTPAnswer:
        play(*lines, f'address "{web.address}{path}"', "When the URL is invoked")
        answer = play.zato.response
        assert isinstance(answer, http.HTTPAnswer)
        return answer

    return ask


def failure(ask: Any, path: str, *lines: str) -> ApitestError:
    with pytest.raises(ApitestError) as raised:
        ask(path, *lines)
    return raised.value


def test_answer_holds_what_python_steps_read(play: Play, ask: Any) -> None:
    """The response of requests, the text and the document are where existing Python steps look for them."""
    answer = ask("/echo")
    response = play.zato.response
    assert response.data.status_code == response["data"].status_code == 200
    assert response.data_text == response.data.text
    assert response.data_impl == response.data.json() == response["data_impl"] == response.get("data_impl")
    assert "data_impl" in response
    assert response.data.elapsed.total_seconds() == pytest.approx(answer.seconds)


def test_connection_is_used_again(ask: Any, web: WebServer) -> None:
    """Requests to one server share a connection."""
    accepted: list[Any] = []
    get_request = web.get_request
    web.get_request = lambda: (accepted.append(1), get_request())[1]  # type: ignore[method-assign]
    for path in ("/echo", "/status/500", "/empty", "/chunks", "/gzip"):
        ask(path)
    assert len(accepted) == 1


def test_chunked_and_compressed_bodies(ask: Any) -> None:
    """Bodies in chunks, and compressed ones, are read whole."""
    assert ask("/chunks").json() == {"a": 1}
    assert ask("/gzip").json() == {"packed": True}


def test_head_has_no_body(ask: Any) -> None:
    """The answer to HEAD has headers and no body, and nothing waits for one."""
    answer = ask("/echo", 'REST method "HEAD"')
    assert answer.is_empty()
    assert int(answer.data.headers["Content-Length"]) > 0


def test_post_without_body_has_a_length(ask: Any) -> None:
    """A POST without a body says so, as many servers want it to."""
    assert ask("/echo", 'REST method "POST"').json()["headers"]["content-length"] == "0"


def test_redirect_is_followed(ask: Any, web: WebServer) -> None:
    """A POST that is redirected with 302 becomes a GET, and with 307 stays as it is."""
    lines = ('REST method "POST"', 'request is "{}"')
    assert ask("/redirect?to=/echo", *lines).json()["method"] == "GET"
    answer = ask("/redirect/307?to=/echo", *lines)
    assert (answer.json()["method"], answer.json()["body"]) == ("POST", "{}")
    assert answer.data.url == f"{web.address}/echo"
    assert [hop.status_code for hop in answer.data.history] == [307]


def test_redirect_is_the_answer(ask: Any) -> None:
    """With redirects off, the redirect itself is the response."""
    answer = ask("/redirect?to=/echo", "redirects are not followed")
    assert (answer.data.status_code, answer.data.headers["Location"]) == (302, "/echo")
    assert ask("/redirect?to=/echo", "redirects are followed").data.status_code == 200


def test_credentials_stay_with_their_server(ask: Any) -> None:
    """A redirect to another server does not take the password there."""
    other = WebServer()
    try:
        headers = ask(f"/redirect?to={other.address}/echo", 'Basic Auth "u" "passw0rd"').json()["headers"]
    finally:
        other.close()
    assert "authorization" not in headers


def test_redirects_without_end(ask: Any) -> None:
    """Redirects in circles are a failed check that tells how to look at the first of them."""
    error = failure(ask, "/loop")
    assert isinstance(error, CheckFailed)
    assert "redirects endlessly" in error.problem
    assert "redirects are not followed" in error.fix


@pytest.mark.parametrize("target", ["ftp://example.com/", "http://[/"])
def test_redirect_to_nowhere(ask: Any, target: str) -> None:
    """A redirect that no request can follow is the server's fault, not the test's."""
    error = failure(ask, f"/redirect?to={target}")
    assert isinstance(error, CheckFailed)
    assert "redirects to a URL that cannot be requested" in error.problem


def test_cookies_are_kept_and_sent(play: Play, ask: Any) -> None:
    """Cookies that a server sets, also along with a redirect, go with the following requests of the scenario."""
    ask("/set-cookie?a=1&b=2")
    assert ask("/echo").json()["headers"]["cookie"] == "a=1; b=2"
    ask("/delete-cookie/a")
    assert ask("/echo").json()["headers"]["cookie"] == "b=2"
    play.zato.finish_scenario()
    assert "cookie" not in ask("/echo").json()["headers"]


def test_cookie_of_the_server_replaces_that_of_the_test(play: Play, ask: Any) -> None:
    """A cookie set by a step is sent until a server sets one of that name, or deletes it."""
    assert ask("/echo", 'cookie "a" "mine"').json()["headers"]["cookie"] == "a=mine"
    ask("/set-cookie?a=theirs")
    assert ask("/echo").json()["headers"]["cookie"] == "a=theirs"
    play.zato.finish_scenario()
    ask("/delete-cookie/a", 'cookie "a" "mine"')
    assert "cookie" not in ask("/echo").json()["headers"]


def test_time_out_waiting(ask: Any) -> None:
    """A server that does not answer is given up after the time-out, whose sentence is named."""
    error = failure(ask, "/silent", 'timeout is "0.05"')
    assert isinstance(error, TimedOut)
    assert error.exit_status == 3
    assert "within 0.05 s" in error.problem
    assert 'Given timeout is "0.1"' in error.fix


def test_time_out_reading(ask: Any) -> None:
    """The time-out holds for the whole answer: a byte now and then does not prolong it."""
    assert isinstance(failure(ask, "/drip", 'timeout is "0.1"'), TimedOut)


def test_nothing_listens(play: Play) -> None:
    """A refused connection names the place and exits with 3."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and never listened on
        port = taken.getsockname()[1]
        with pytest.raises(Unreachable) as raised:
            play(f'address "http://127.0.0.1:{port}/x"', "the URL is invoked")
    assert raised.value.problem == f"Nothing listens at 127.0.0.1:{port}: the connection was refused"
    assert raised.value.where == f"GET http://127.0.0.1:{port}/x"
    assert raised.value.exit_status == 3


def test_unknown_host(play: Play) -> None:
    """A host name without an address is named."""
    with pytest.raises(Unreachable, match=r'Unknown host "no-such-host\.invalid"'):
        play('address "http://no-such-host.invalid:81/"', "the URL is invoked")


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://*.example.com/", "http://a:b/", "http://a..b/"])
def test_address_that_is_none(play: Play, address: str) -> None:
    """What cannot be a URL is the test's fault."""
    with pytest.raises(BadValue, match="URL cannot be used"):
        play(f'address "{address}"', "the URL is invoked")


def test_a_password_that_ends_the_host(play: Play) -> None:
    """Nothing of it is told, and how to write it is."""
    url = "://joe:Tr0ub4dor/Zeb&3@127.0.0.1:1/x"
    for steps in ((f'address "http{url}"', "the URL is invoked"), (f'I connect to WebSocket "ws{url}" as "w"',)):
        with pytest.raises(BadValue, match="/ is written %2F") as raised:
            play(*steps)
        assert "Tr0ub" not in str(raised.value)


@pytest.mark.parametrize("path", ["/cut", "/cut-chunk", "/hang-up"])
def test_connection_breaks(ask: Any, path: str) -> None:
    """An answer that breaks off is told as such."""
    error = failure(ask, path)
    assert type(error) is Unreachable
    assert "closed the connection before its answer was complete" in error.problem


def test_no_http(ask: Any) -> None:
    """A server of another kind is told by what it says."""
    error = failure(ask, "/garbage")
    assert "is not valid HTTP" in error.problem
    assert "SSH-2.0" in error.problem


def test_bad_chunk(ask: Any) -> None:
    """A chunk without a length is not HTTP."""
    assert isinstance(failure(ask, "/bad-chunk"), Unreachable)


def test_body_not_encoded_as_said(ask: Any) -> None:
    """A body that is not compressed although its header says so is a failed check."""
    error = failure(ask, "/bad-gzip")
    assert isinstance(error, CheckFailed)
    assert "Content-Encoding" in error.problem


def test_proxy_of_the_environment(play: Play, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests go through the proxy that the environment names, except to hosts that no_proxy names."""
    monkeypatch.setenv("http_proxy", web.address)
    monkeypatch.setenv("no_proxy", "direct.invalid")
    play('address "http://somewhere.invalid/x?y=1"', "the URL is invoked")
    assert web.requests[-1][1] == "http://somewhere.invalid/x?y=1"
    with pytest.raises(Unreachable, match="Unknown host"):
        play('address "http://direct.invalid/"', "the URL is invoked")


def test_proxy_that_is_down(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the proxy cannot be reached, the proxy is what the error is about, without its password."""
    monkeypatch.setenv("http_proxy", "http://me:hunter22@127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(Unreachable, match=r"The proxy http://.*127\.0\.0\.1:1 cannot be used") as raised:
        play('address "http://somewhere.invalid/"', "the URL is invoked")
    assert "hunter22" not in str(raised.value)


def test_exchange_is_made_when_asked_for(play: Play, ask: Any) -> None:
    """A report gets the request and the answer, without the values of secret names."""
    ask("/status/404?api_key=verysecret", 'Basic Auth "maria" "pass1234"', 'REST method "POST"', 'request is "[1]"')
    exchange = redact(play.zato.last_exchange(), ())
    assert exchange is not None
    assert exchange.request.startswith("POST http://127.0.0.1:")
    assert exchange.response == "404 Not Found"
    assert exchange.request_body == "[1]"
    assert exchange.response_body == "<html>as asked</html>"
    assert ("Authorization", "Basic ***") in exchange.request_headers
    assert "verysecret" not in str(exchange)


def test_exchange_without_answer(play: Play, ask: Any) -> None:
    """Where nothing came back, the exchange is the request alone."""
    failure(ask, "/hang-up")
    exchange = play.zato.last_exchange()
    assert exchange is not None
    assert (exchange.request[:4], exchange.response) == ("GET ", "")


def test_verbose_run_tells_each_exchange(play: Play, ask: Any) -> None:
    """In a verbose run, each exchange is an event."""
    play.run.verbose = True
    ask("/echo")
    assert [event.protocol for event in play.events] == ["HTTP"]


def test_unparsable_answer_fails_the_check_that_needs_it(play: Play, ask: Any) -> None:
    """An HTML error page passes a check of its status; only what needs JSON fails, and shows the page's start."""
    answer = ask("/status/502")
    play('Then status is "502"')
    with pytest.raises(CheckFailed, match="not valid JSON") as raised:
        answer.json()
    assert raised.value.actual == "<html>as asked</html>"
    assert "502 Bad Gateway, text/html" in raised.value.where


def test_ca_bundle_of_the_environment(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CA bundle that the environment names and that is not there is told."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    with pytest.raises(BadValue, match=r"certificate file cannot be used.*bundle\.pem"):
        play('address "https://127.0.0.1:1/"', "the URL is invoked")


def test_request_that_was_not_sent_leaves_no_exchange(play: Play, ask: Any) -> None:
    """A request that cannot be sent is not shown with the exchange before it."""
    ask("/echo")
    with pytest.raises(BadValue):
        play('address "nowhere"', "the URL is invoked")
    assert play.zato.last_exchange() is None
