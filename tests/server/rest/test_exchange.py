"""Tests of apitest_server.rest.exchange."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from apitest_server.errors import HTTPError, MethodNotAllowed, NotFound, PayloadTooLarge, ServerError, Unauthorized
from apitest_server.invoke.pipeline import Route
from apitest_server.rest.body import Bounds
from apitest_server.rest.codecs import CODECS, Body, Codec
from apitest_server.rest.exchange import HTTPExchange, HTTPRoute
from apitest_server.service.asgi import Received, Scope
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Request, Response
from apitest_server.service.values import LARGE
from tests.server.asgi import scope

ROUTE = Route("my.service", "my.channel", "rest", "staff")


class OneRoute:
    def __init__(self, codec: Codec = CODECS["json"], refusal: HTTPError | None = None) -> None:
        self.found = HTTPRoute(ROUTE, codec, {"id": "5"}, refusal, CODECS["soap-1.1"])

    def match(self, scope: Scope) -> HTTPRoute:
        if scope["path"] != "/x":
            raise NotFound
        return self.found


class Watching:
    """A codec that notes in which thread it decodes."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def decode(self, http: HTTPRequest) -> object:
        self.threads.append(threading.current_thread())
        return len(http.body)

    def values(self, http: HTTPRequest) -> int:
        return 0

    def is_xml(self, http: HTTPRequest) -> bool:
        return False

    def encode(self, response: Response, cid: str) -> Body:
        return Body(b"", b"")

    def fault(self, error: HTTPError, cid: str) -> tuple[int, Body]:
        return error.status, Body(b"", b"")


def exchange(router: OneRoute, body: bytes = b"", path: str = "/x") -> HTTPExchange:
    async def receive() -> Received:
        return {"type": "http.request", "body": body}

    async def authenticate(key: str, about: Scope, body: Callable[[], Awaitable[bytes]]) -> str:
        return f"{key}:{about['path']}:{len(await body())}"

    return HTTPExchange(scope("POST", path, {}), receive, router, authenticate, Bounds(1 << 20, 1000))


def read(made: HTTPExchange) -> Request:
    async def all_of_it() -> Request:
        made.route()
        reading: Awaitable[Request] = made.read("u")
        return await reading

    return asyncio.run(all_of_it())


def test_a_request_is_read_in_the_format_of_its_channel() -> None:
    """The service finds body, parameters and user on the HTTP side as well."""
    request = read(exchange(OneRoute(), b'{"a": 1}'))
    assert request.http is not None
    found = (request.payload, request.raw, request.http.params, request.http.user)
    assert found == ({"a": 1}, b'{"a": 1}', {"id": "5"}, "u")


def test_a_large_body_is_decoded_in_a_thread() -> None:
    """A small one at once, since going to a thread takes longer than that."""
    codec = Watching()
    found = [read(exchange(OneRoute(codec), b"x" * size)) for size in (LARGE, LARGE + 1)]
    assert [(one.payload, one.is_large) for one in found] == [(LARGE, False), (LARGE + 1, True)]
    assert [thread is threading.main_thread() for thread in codec.threads] == [True, False]


def test_a_large_body_of_too_many_values_is_refused() -> None:
    """It is not decoded; a small one cannot have as many."""
    assert read(exchange(OneRoute(), b'{"a": "' + b"," * 900 + b"x" * LARGE + b'"}')).payload["a"].endswith("x")
    with pytest.raises(PayloadTooLarge, match="The request body has more than 1000 values"):
        read(exchange(OneRoute(), b"[" + b"1," * LARGE + b"1]"))


def test_the_caller_is_known_by_the_request() -> None:
    """The scope, with the key of the definition, and the body, which can be read once more after that."""
    made = exchange(OneRoute(), b"[1]")
    assert made.route() == ROUTE
    assert asyncio.run(made.authenticate("staff")) == "staff:/x:3"
    assert asyncio.run(made.read("u")).payload == [1]


def test_where_nothing_answers_the_caller_has_to_be_known() -> None:
    """Then it is refused before the body is read, in the format of the channel; strangers have their own."""
    made = exchange(OneRoute(refusal=MethodNotAllowed(("GET",))))
    assert made.route() == ROUTE
    assert made.refuse(Unauthorized(), "abc").body.startswith(b"<?xml")
    with pytest.raises(MethodNotAllowed):
        read(made)
    assert made.refuse(MethodNotAllowed(("GET",)), "abc").body.startswith(b"{")


def test_the_access_log_learns_method_path_and_address() -> None:
    """A client without an address has a dash."""
    made = exchange(OneRoute())
    assert made.origin() == ("POST", "/x", "127.0.0.1")


def test_an_error_without_a_channel_is_json() -> None:
    """With the headers that every response has, and its own."""
    made = exchange(OneRoute(), path="/y")
    with pytest.raises(NotFound):
        made.route()
    reply = made.refuse(MethodNotAllowed(("GET",)), "abc")
    assert (reply.status, reply.body) == (
        405,
        b'{"result":"Error","cid":"abc","details":"Method not allowed"}',
    )
    assert dict(reply.headers) == {
        b"server": b"apitest-server",
        b"x-zato-cid": b"abc",
        b"content-type": b"application/json",
        b"content-length": str(len(reply.body)).encode(),
        b"allow": b"GET",
    }


def test_a_response_has_status_headers_and_cookies() -> None:
    """The service's content type wins over the codec's."""
    response = Response()
    response.payload, response.status_code, response.content_type = {"a": 1}, 201, "application/problem+json"
    response.headers["X-A"] = "1"
    response.cookies["c"] = "2"
    reply = exchange(OneRoute()).reply(response, "abc")
    assert (reply.status, reply.body) == (201, b'{"a":1}')
    assert reply.headers[2:] == [
        (b"content-type", b"application/problem+json"),
        (b"content-length", b"7"),
        (b"x-a", b"1"),
        (b"set-cookie", b"c=2"),
    ]


@pytest.mark.parametrize(("name", "value"), [("status_code", 99), ("content_type", "a\r\nb"), ("headers", {"a": "\n"})])
def test_a_response_that_cannot_be_sent_is_an_error_of_the_service(name: str, value: object) -> None:
    """The caller then gets a 500 rather than a closed connection."""
    response = Response()
    setattr(response, name, value)
    with pytest.raises(ServerError, match="cannot be sent"):
        exchange(OneRoute()).reply(response, "abc")
