"""HTTP channels, REST and SOAP and the admin API: an ASGI application around the pipeline."""

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.rest.exchange import Authenticate, HTTPExchange, Router
from apitest_server.service.asgi import Receive, Scope, Send


class HTTPChannels:
    """All requests that one router answers: an ASGI application for the scope type ``http``."""

    def __init__(self, router: Router, pipeline: Pipeline, authenticate: Authenticate, body_limit: int) -> None:
        """Takes what it works with.

        Args:
            router: finds what answers a request.
            pipeline: answers it.
            authenticate: takes the key of a security definition and the scope, returns the user or raises.
            body_limit: in bytes.
        """
        self.pipeline = pipeline
        self.router = router
        self.authenticate = authenticate
        self.body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        exchange = HTTPExchange(scope, receive, self.router, self.authenticate, self.body_limit)
        reply = await self.pipeline.answer(exchange)
        if reply is not None:
            await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
            await send({"type": "http.response.body", "body": reply.body})
