"""One message of a client that invokes its channel's service, as the pipeline sees it."""

from typing import NamedTuple

from apitest_server.errors import HTTPError, InputError, Unauthorized
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.invoke.reply import encode, json_value
from apitest_server.security.authentication import Authentication
from apitest_server.security.client_certificate import subject_of_peer
from apitest_server.service.messages import Request, Response
from apitest_server.wsx.messages import FromClient
from apitest_server.wsx.protocol import BAD_INPUT
from apitest_server.wsx.websocket import WebSocket


class SignedIn(NamedTuple):
    """How a client has signed in.

    Attributes:
        user: who it is.
        security: the key of the security definition.
        checks: what the definition was then.
    """

    user: str
    security: str
    checks: object

    def is_current(self, authentication: Authentication) -> bool:
        """Whether the definition is still what it was: its password may have been changed, or it is gone."""
        return authentication.checker(self.security) is self.checks


NOBODY = SignedIn("", "", None)


async def sign_in(
    authentication: Authentication, security: str, message: FromClient, address: str, socket: WebSocket
) -> SignedIn:
    """Who a client is, by what it sends or by the certificate of its connection; nobody on a channel without security.

    Raises:
        HTTPError: the credentials are wrong, or cannot be checked now.
    """
    if not security:
        return NOBODY
    certificate = subject_of_peer(socket.transport.get_extra_info("peercert"))
    user = await authentication.sign_in(security, message.username, message.secret, address, certificate=certificate)
    return SignedIn(user, security, authentication.checker(security))


class WSXReply(NamedTuple):
    """What goes back.

    Attributes:
        status: as an HTTP status code.
        cid: of the call.
        data_json: a service's response.
        problem: what the client is told of an error; empty if there is none.
        is_revoked: whether the client has to sign in anew.
    """

    status: int
    cid: str
    data_json: str = ""
    problem: str = ""
    is_revoked: bool = False


class WSXExchange:
    """A message that is being answered."""

    __slots__ = ("_authentication", "_is_revoked", "_message", "_origin", "_route", "_signed_in")

    def __init__(
        self, message: FromClient, route: Route, origin: Origin, signed_in: SignedIn, authentication: Authentication
    ) -> None:
        self._message = message
        self._route = route
        self._origin = origin
        self._signed_in = signed_in
        self._authentication = authentication
        self._is_revoked = False

    def origin(self) -> Origin:
        """``WSX``, the channel's path and the address of the client."""
        return self._origin

    def route(self) -> Route:
        """The channel's service."""
        return self._route

    async def authenticate(self, security: str) -> str:
        """The user that has signed in, if that is still good."""
        await self._authentication.refresh()
        if not self._signed_in.is_current(self._authentication):
            self._is_revoked = True
            raise Unauthorized
        return self._signed_in.user

    async def read(self, user: str) -> Request:
        """What the message holds as its data."""
        data = self._message.data
        return Request(data, data, is_large=self._message.is_large)

    def reply(self, response: Response, cid: str) -> WSXReply:
        """The service's response."""
        return WSXReply(response.status_code, cid, encode(json_value(response.payload)).decode("utf-8"))

    def refuse(self, error: HTTPError, cid: str) -> WSXReply:
        """The error; of the input no more than that it was wrong."""
        problem = BAD_INPUT if isinstance(error, InputError) else error.details
        return WSXReply(error.status, cid, "", problem, self._is_revoked)
