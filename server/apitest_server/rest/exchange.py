"""One HTTP request and its response, as the pipeline sees it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

from apitest_server.errors import Forbidden, HTTPError, NotFound, PayloadTooLarge
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.rest.body import Bounds, receive_body
from apitest_server.rest.codecs import CODECS, Codec
from apitest_server.rest.headers import WITHOUT_BODY, cookies, fixed, header, headers_of, status
from apitest_server.service import soap
from apitest_server.service.asgi import RawHeaders, Receive, Scope
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Request, Response, WhenSent
from apitest_server.service.values import LARGE

logger = logging.getLogger("apitest.rest")
Authenticate = Callable[[str, Scope, Callable[[], Awaitable[bytes]]], Awaitable[str]]


class HTTPRoute(NamedTuple):
    """What answers a request.

    Attributes:
        route: the same, as the pipeline wants to know it.
        codec: reads the request's body and writes the response's.
        params: of the path, ``{"id": "1"}`` for ``/customers/{id}``.
        refusal: raised once the caller is known, where nothing answers.
        strangers: writes errors until then; the codec where there is none.
        welcome: a cookie for the user who has signed in, or an empty string.
        allows: takes the method, and says whether who has signed in may use it; everybody may where there is none.
    """

    route: Route
    codec: Codec
    params: dict[str, str]
    refusal: HTTPError | None = None
    strangers: Codec | None = None
    welcome: Callable[[str], str] | None = None
    allows: Callable[[str], bool] | None = None


class UnknownAction(NotFound):
    """404: no SOAP channel of a path has the action of a request.

    Attributes:
        codec: writes it, as the channels of the path do.
    """

    def __init__(self, details: str, codec: Codec) -> None:
        super().__init__(details)
        self.codec = codec


def codec_of(error: HTTPError) -> Codec:
    """What writes the error where no channel answers."""
    return error.codec if isinstance(error, UnknownAction) else CODECS["json"]


_NOTHING = HTTPRoute(Route("", "", "rest"), CODECS["json"], {})


class Router(Protocol):
    """Finds what answers a request."""

    def match(self, scope: Scope) -> HTTPRoute:
        """What answers.

        Raises:
            HTTPError: nothing does.
        """


class HTTPReply(NamedTuple):
    """What goes back; ``when_sent`` is awaited then, with whether the client was there to take it."""

    status: int
    headers: RawHeaders
    body: bytes
    when_sent: WhenSent | None = None


class HTTPExchange:
    """A request that is being answered."""

    __slots__ = ("_authenticate", "_body", "_bounds", "_codec", "_cookies", "_matched", "_receive", "_router", "_scope")

    def __init__(
        self, scope: Scope, receive: Receive, router: Router, authenticate: Authenticate, bounds: Bounds
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._router = router
        self._authenticate = authenticate
        self._bounds = bounds
        self._codec = CODECS["json"]
        self._matched = _NOTHING
        self._cookies: list[str] = []
        self._body: bytes | None = None

    def origin(self) -> Origin:
        """Method, path and the address of the client."""
        client = self._scope.get("client")
        return Origin(self._scope["method"], self._scope["path"], client[0] if client else "-")

    def route(self) -> Route:
        """What answers; errors are written by its codec once the caller is known."""
        try:
            self._matched = self._router.match(self._scope)
        except HTTPError as error:
            self._codec = codec_of(error)
            raise
        self._codec = self._matched.strangers or self._matched.codec
        return self._matched.route

    async def authenticate(self, security: str) -> str:
        """The user that the request's headers prove, or what is in its body."""
        try:
            user = await self._authenticate(security, self._scope, self._received)
        except HTTPError:
            if self._matched.refusal is not None and self._matched.strangers is not None:
                # The log tells what the caller must not know
                logger.info("Nothing answers %s %s", self._scope["method"], self._scope["path"])
            if self._matched.strangers is not None:
                self._codec = _as_sent(self._matched.strangers, self._body)
            raise
        cookie = self._matched.welcome(user) if self._matched.welcome else ""
        if cookie:
            self._cookies.append(cookie)
        return user

    async def read(self, user: str) -> Request:
        """The body; a large one is decoded in a thread."""
        _, self._codec, params, refusal, *_ = self._matched
        if refusal is not None:
            raise refusal
        if self._matched.allows is not None and not self._matched.allows(self._scope["method"]):
            raise Forbidden("No role of yours may do this")
        body = await self._received()
        http = HTTPRequest(self._scope, body, params, user)
        most, is_large = self._bounds.values, len(body) > LARGE
        if is_large:
            payload = await asyncio.to_thread(_decoded, self._codec, http, most)
        else:
            payload = self._codec.decode(http)
        xml_values = most if isinstance(payload, bytes) and self._codec.is_xml(http) else 0
        return Request(payload, body, http, is_large, xml_values=xml_values)

    async def _received(self) -> bytes:
        """The body, which comes once."""
        if self._body is None:
            self._body = await receive_body(self._scope, self._receive, self._bounds.size)
        return self._body

    def reply(self, response: Response, cid: str) -> HTTPReply:
        """The response, in the channel's format."""
        body, kind = self._codec.encode(response, cid)
        if response.content_type:
            kind = header("content-type", response.content_type)[1]
        length: int | None = len(body)
        code = status(response.status_code)
        if code in WITHOUT_BODY:
            body, kind, length = b"", b"", 0 if code == 205 else None
        headers = headers_of(response.headers, kind, length, fixed(cid))
        headers += cookies([*self._cookies, *response.cookie_headers()])
        return HTTPReply(code, headers, body, response.when_sent)

    def refuse(self, error: HTTPError, cid: str) -> HTTPReply:
        """The error, in the channel's format."""
        code, (body, kind) = self._codec.fault(error, cid)
        headers = headers_of(error.headers, kind, len(body), fixed(cid)) + cookies(self._cookies)
        return HTTPReply(code, headers, body)


def _as_sent(strangers: Codec, body: bytes | None) -> Codec:
    """An envelope is refused with a fault, also where the headers do not tell that it is one."""
    version = soap.version_of(body) if body and strangers is CODECS["json"] else None
    return strangers if version is None else CODECS[f"soap-{version}"]


def _decoded(codec: Codec, http: HTTPRequest, most: int) -> object:
    if codec.values(http) > most:
        raise PayloadTooLarge(f"The request body has more than {most} values")
    return codec.decode(http)
