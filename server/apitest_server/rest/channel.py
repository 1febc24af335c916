"""HTTP channels, REST and SOAP and the admin API: an ASGI application around the pipeline."""

import asyncio
from time import perf_counter

from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.access_log import log_access
from apitest_server.invoke.invoker import new_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.rest.body import Bounds
from apitest_server.rest.exchange import Authenticate, HTTPExchange, Router
from apitest_server.rest.sending import sent
from apitest_server.service.asgi import WHOLE, Receive, Scope, Send


class HTTPChannels:
    """All requests that one router answers: an ASGI application for the scope type ``http``."""

    def __init__(self, router: Router, pipeline: Pipeline, authenticate: Authenticate, bounds: Bounds) -> None:
        """Takes what it works with.

        Args:
            router: finds what answers a request.
            pipeline: answers it.
            authenticate: takes the key of a security definition and the scope, returns the user or raises.
            bounds: of bodies.
        """
        self.pipeline = pipeline
        self.router = router
        self.authenticate = authenticate
        self.bounds = bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        exchange = HTTPExchange(scope, receive, self.router, self.authenticate, self.bounds)
        try:
            reply = await self.pipeline.answer(exchange)
        except asyncio.CancelledError:  # The server's time to stop is over; whoever waits is told so
            cid, started = new_cid(), perf_counter()
            reply = exchange.refuse(ServiceUnavailable("The server is stopping"), cid)
            log_access(cid, exchange.origin(), "", reply.status, started, "")
        if reply is not None:
            await sent(reply, receive, send, WHOLE in (scope.get("extensions") or ()))
