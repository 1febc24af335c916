"""REST and SOAP channels: an HTTP request -> a service -> an HTTP response, straight from the ASGI scope."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from time import perf_counter
from typing import Any

from apitest_server.config import RestChannel
from apitest_server.invoke.failures import refusal, told
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.invoke.reply import RawHeaders, body_of, headers_of
from apitest_server.rest.body import ClientGone, Receive, decode, receive_body
from apitest_server.rest.table import SOAPChannel, Table
from apitest_server.service import soap
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Channel, Request, Response

access = logging.getLogger("apitest.access")
SERVER = (b"server", b"apitest-server")
USER = "apitest.user"  # in the scope, for the log: who was authenticated

Scope = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
Authenticate = Callable[[str, Scope], Awaitable[str]]
Answer = tuple[int, RawHeaders, bytes]


class RestChannels:
    """All REST channels of a server: an ASGI application for the scope type ``http``.

    Attributes:
        table: which channel answers what; it may be changed at any time.
    """

    def __init__(self, invoker: Invoker, authenticate: Authenticate, body_limit: int) -> None:
        """Takes what it works with.

        Args:
            invoker: runs the services.
            authenticate: takes the key of a security definition and the scope, returns the user or raises.
            body_limit: in bytes.
        """
        self.invoker = invoker
        self.authenticate = authenticate
        self.body_limit = body_limit
        self.table = Table()

    def mount(self, channels: Iterable[RestChannel]) -> None:
        """Serves these channels, which stay as they are while the server runs.

        Raises:
            ConfigError: two channels have one path and one method, or a path is none.
        """
        self.table.fix(channels)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started = perf_counter()
        cid = new_cid()
        fixed = [SERVER, (b"x-zato-cid", cid.encode("ascii"))]
        service = "-"
        channel: RestChannel | None = None
        try:
            channel, params = self.table.match(scope)
            service = channel.service
            status, headers, body = await self._answer(channel, params, scope, receive, cid, fixed)
        except ClientGone:
            return
        except Exception as error:
            refused = told(error, service, cid)
            if isinstance(channel, SOAPChannel):
                status, body = soap.fault(refused, cid, channel.soap_version)
                headers = headers_of(_about(refused.headers), _soap_type(channel), len(body), fixed)
            else:
                status, headers, body = refusal(refused, cid, fixed)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        log_access(cid, scope, service, status, started)

    async def _answer(
        self,
        channel: RestChannel,
        params: dict[str, str],
        scope: Scope,
        receive: Receive,
        cid: str,
        fixed: RawHeaders,
    ) -> Answer:
        user = scope[USER] = await self.authenticate(channel.security, scope) if channel.security else ""
        raw = await receive_body(scope, receive, self.body_limit)
        http = HTTPRequest(scope, raw, params, user)
        is_soap = isinstance(channel, SOAPChannel)
        payload = soap.content_of(raw) if is_soap else decode(http, channel.data_format)
        request = Request(payload, raw, http)
        response = await self.invoker.run(channel.service, request, Channel(channel.name, "rest", user), cid)
        body, kind = body_of(response)
        if isinstance(channel, SOAPChannel):
            body, kind = soap.wrapped(body, channel.soap_version), _soap_type(channel)
        return response.status_code, headers_of(response, kind, len(body), fixed), body


def log_access(cid: str, scope: Scope, service: str, status: int, started: float) -> None:
    """One line a request."""
    if access.isEnabledFor(logging.INFO):
        took = (perf_counter() - started) * 1000
        remote = scope["client"][0] if scope.get("client") else "-"
        user = scope.get(USER) or "-"
        # The log's formatters know these eight by their order
        line = "cid=%s method=%s path=%s service=%s status=%d ms=%.3f remote=%s user=%s"
        access.info(line, cid, scope["method"], scope["path"], service, status, took, remote, user)


def _soap_type(channel: SOAPChannel) -> bytes:
    return soap.CONTENT_TYPES[channel.soap_version]


def _about(headers: Mapping[str, str]) -> Response:
    """A response that has these headers."""
    response = Response()
    response.headers.update(headers)
    return response
