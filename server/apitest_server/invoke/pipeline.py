"""What happens to every message of every channel: route, authenticate, read, invoke, reply, one line in the log.

It knows nothing of HTTP or WebSockets. A channel gives it each message as an :class:`Incoming`, which knows how to read
the request and how to write replies; the pipeline says in which order, and what a caller learns of errors.
"""

from asyncio import to_thread
from time import perf_counter
from typing import NamedTuple, Protocol, TypeVar

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin, log_access
from apitest_server.invoke.failures import refused
from apitest_server.invoke.invoker import Invoker, new_cid
from apitest_server.service.messages import Channel, Request, Response


class Gone(Exception):
    """The other side went away before its request was complete: there is nobody to answer."""


class Route(NamedTuple):
    """What answers a message.

    Attributes:
        service: the service's name.
        channel: the channel's name.
        kind: of the channel, what services see as ``self.channel.type``.
        security: the key of the security definition; empty if anybody may call.
    """

    service: str
    channel: str
    kind: str
    security: str = ""


class Reply(Protocol):
    """What goes back."""

    @property
    def status(self) -> int:
        """As an HTTP status code, for the log."""


R = TypeVar("R", bound=Reply)
R_co = TypeVar("R_co", bound=Reply, covariant=True)


class Incoming(Protocol[R_co]):
    """One message, as its channel reads and answers it. Each method may raise what the caller is told of."""

    def origin(self) -> Origin:
        """Where it came from, for the log."""

    def route(self) -> Route:
        """What answers it."""

    async def authenticate(self, security: str) -> str:
        """The user; ``security`` is the key of a security definition."""

    async def read(self, user: str) -> Request:
        """The whole request, decoded.

        Raises:
            Gone: nobody waits for the answer.
        """

    def reply(self, response: Response, cid: str) -> R_co:
        """What goes back of a service's response."""

    def refuse(self, error: HTTPError, cid: str) -> R_co:
        """What goes back of an error."""


class Pipeline:
    """Answers the messages of all channels."""

    def __init__(self, invoker: Invoker) -> None:
        self.invoker = invoker

    async def answer(self, incoming: Incoming[R]) -> R | None:
        """The reply to a message, good or bad; ``None`` if there is nobody to answer."""
        started = perf_counter()
        cid = new_cid()
        service, user = "", ""  # Logged once the caller is known: before that they are only claims
        try:
            route = incoming.route()
            if route.security:
                user = await incoming.authenticate(route.security)
            service = route.service
            request = await incoming.read(user)
            channel = Channel(route.channel, route.kind, user, route.security)
            response = await self.invoker.run(service, request, channel, cid)
            if request.is_large:  # Then the response may be, too
                reply = await to_thread(incoming.reply, response, cid)
            else:
                reply = incoming.reply(response, cid)
        except Gone:
            return None
        except Exception as error:
            reply = incoming.refuse(refused(error, service, cid), cid)
        log_access(cid, incoming.origin(), service, reply.status, started, user)
        return reply
