"""Services to mount on channels while something is built or looked into."""

import asyncio
from typing import Any

from apitest_server.errors import InputError
from apitest_server.redaction import masked
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Float

_LONGEST = 60.0


class Echo(Service):
    """Returns what came in."""

    name = "zato.helpers.echo"

    async def handle(self) -> None:
        """The payload; where there is none, the fields of query string and path."""
        payload = self.request.payload
        self.response.payload = payload if payload is not None else dict(self.request.input)


class RawRequestLogger(Service):
    """Writes to the log what came in, without the secrets in it, and under which ``cid``."""

    name = "zato.helpers.raw-request-logger"

    class SimpleIO:
        """Returns the ``cid`` to look for."""

        output_required = ("cid",)

    def handle(self) -> None:
        """Masks what sounds secret by its name."""
        payload = self.request.payload if self.request.payload is not None else self.request.raw_request
        self.logger.info("Request, cid %s, channel `%s`: %s", self.cid, self.channel.name, masked(payload))
        self.response.payload.cid = self.cid


class InputLogger(Service):
    """Writes to the log which fields came in: of body, query string and path, without the secrets among them."""

    name = "zato.helpers.input-logger"

    def handle(self) -> dict[str, Any]:
        """Returns the names of the fields."""
        fields = masked(dict(self.request.input))
        self.logger.info("Input, cid %s: %s", self.cid, fields)
        return {"cid": self.cid, "fields": sorted(self.request.input)}


class Sleep(Service):
    """Answers after so many seconds; takes no thread meanwhile."""

    name = "zato.helpers.sleep"

    class SimpleIO:
        """At most a minute."""

        input_optional = (Float("seconds", default=1.0),)
        output_required = (Float("slept"),)

    async def handle(self) -> None:
        """For tests of time-outs."""
        seconds = self.request.input.seconds
        if not 0 <= seconds <= _LONGEST:
            raise InputError("seconds", f"must be a number from 0 to {_LONGEST:g}")
        await asyncio.sleep(seconds)
        self.response.payload.slept = seconds


class WebSocketsGateway(Service):
    """Invokes any service for the clients of a WebSocket channel; a channel of it needs a security definition."""

    name = "helpers.web-sockets-gateway"

    class SimpleIO:
        """The service's name, and its input; its response is returned as it is."""

        input_required = ("service",)
        input_optional = (AsIs("request"),)

    async def handle(self) -> Any:
        """What the service raises is told to the client as if it had called it."""
        return await self.invoke(self.request.input.service, self.request.input.request)
