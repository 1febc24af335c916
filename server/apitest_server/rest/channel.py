"""REST channels: an HTTP request -> a service -> an HTTP response, straight from the ASGI scope."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import perf_counter
from typing import Any

from apitest_server.config import RestChannel
from apitest_server.errors import ConfigError, DeploymentError, HTTPError, NoSuchService
from apitest_server.rest.body import ClientGone, Receive, decode, receive_body
from apitest_server.rest.reply import JSON, RawHeaders, body_of, encode, headers_of
from apitest_server.rest.routes import Routes
from apitest_server.service.http import HTTPRequest
from apitest_server.service.invoker import Invoker, new_cid
from apitest_server.service.messages import Channel, Request

logger = logging.getLogger("apitest.rest")
access = logging.getLogger("apitest.access")
SERVER = (b"server", b"apitest-server")

Scope = Mapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
Authenticate = Callable[[str, Scope], str]


class RestChannels:
    """All REST channels of a server: an ASGI application for the scope type ``http``."""

    def __init__(self, invoker: Invoker, authenticate: Authenticate, body_limit: int) -> None:
        """Takes what it works with.

        Args:
            invoker: runs the services.
            authenticate: takes a security definition's name and the scope, returns the user or raises.
            body_limit: in bytes.
        """
        self.invoker = invoker
        self.authenticate = authenticate
        self.body_limit = body_limit
        self.routes: Routes[RestChannel] = Routes()

    def mount(self, channels: Iterable[RestChannel]) -> None:
        """Serves these channels from now on, in place of those before.

        Raises:
            ConfigError: two channels have one path and one method, or a path is none.
        """
        try:
            self.routes = Routes((channel.path, channel.methods, channel) for channel in channels)
        except ValueError as error:
            raise ConfigError([str(error)]) from None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started = perf_counter()
        cid = new_cid()
        fixed = [SERVER, (b"x-zato-cid", cid.encode("ascii"))]
        service = "-"
        try:
            channel, params = self.routes.match(scope["method"], scope["path"])
            service = channel.service
            status, headers, body = await self._answer(channel, params, scope, receive, cid, fixed)
        except ClientGone:
            return
        except HTTPError as error:
            if isinstance(error, NoSuchService):
                logger.warning("%s, cid %s", error, cid)
            status, headers, body = _refusal(error, cid, fixed)
        except DeploymentError as error:
            logger.error("Service `%s` cannot be used, cid %s: %s", service, cid, error)
            status, headers, body = _refusal(HTTPError(), cid, fixed)
        except Exception:
            logger.exception("Service `%s` failed, cid %s", service, cid)
            status, headers, body = _refusal(HTTPError(), cid, fixed)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        if access.isEnabledFor(logging.INFO):
            took = (perf_counter() - started) * 1000
            line = "cid=%s method=%s path=%s service=%s status=%d ms=%.3f"
            access.info(line, cid, scope["method"], scope["path"], service, status, took)

    async def _answer(
        self,
        channel: RestChannel,
        params: dict[str, str],
        scope: Scope,
        receive: Receive,
        cid: str,
        fixed: RawHeaders,
    ) -> tuple[int, RawHeaders, bytes]:
        user = self.authenticate(channel.security, scope) if channel.security else ""
        raw = await receive_body(scope, receive, self.body_limit)
        http = HTTPRequest(scope, raw, params, user)
        request = Request(decode(http, channel.data_format), raw, http)
        response = await self.invoker.run(channel.service, request, Channel(channel.name, "rest", user), cid)
        body, kind = body_of(response)
        return response.status_code, headers_of(response, kind, len(body), fixed), body


def _refusal(error: HTTPError, cid: str, fixed: RawHeaders) -> tuple[int, RawHeaders, bytes]:
    """The response for an error: what the caller may know, and the ``cid`` to ask about."""
    body = encode({"result": "Error", "cid": cid, "details": error.details})
    headers = [*fixed, (b"content-type", JSON), (b"content-length", str(len(body)).encode("ascii"))]
    headers.extend((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in error.headers.items())
    return error.status, headers, body
