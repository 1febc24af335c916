"""A WSX session: what goes over a WebSocket to a channel of Zato's, or of the companion server's."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from uuid import uuid4

from apitest.clients.websocket.connection import WebSocketConnection
from apitest.clients.websocket.types import TEXT, Message
from apitest.clients.wsx.settings import WSXSettings
from apitest.errors import TimedOut
from apitest_server.wsx import messages
from apitest_server.wsx.messages import FromServer

__all__ = ["FromServer", "WSXSession", "is_delivery", "read"]
_LONGER = 'A longer limit is set with: Given timeout is "{:g}"'


class WSXSession:
    """A client of a channel; it answers the server's requests as soon as they come.

    Args:
        connection: to the channel.
        settings: who the client is.

    Attributes:
        connection: likewise.
        token: given by the server; empty where it refused the session.
        refusal: what the server said then.
        answer: what requests of the server are answered with; None for nothing.
        acknowledges: whether messages of publish/subscribe that are delivered are acknowledged as soon as they come.
        made_for: channel and credentials of the request that it was opened for; empty where a step has opened it.
    """

    def __init__(self, connection: WebSocketConnection, settings: WSXSettings) -> None:
        self.connection = connection
        self.token = ""
        self.refusal = ""
        self.answer: Callable[[], object] | None = None
        self.acknowledges = True
        self.made_for: tuple[str, ...] = ()
        self._withheld: list[str] = []
        self._deciding = Lock()
        self._client = {"client_id": settings.client_id, "client_name": settings.client_name}
        connection.responders.append(self._respond)

    def create(self, username: str, secret: str, seconds: float) -> None:
        """Creates the session.

        Raises:
            TimedOut: the server does not answer in time.
            ApitestError: the connection is gone.
        """
        number = _new_id()
        reply = self._ask(number, messages.create_session(number, _now(), self._client, username, secret), seconds)[1]
        if reply.msg_type == messages.SESSION_CREATED and isinstance(reply.data, dict):
            self.token = str(reply.data.get("token", ""))
        else:
            self.refusal = f"{reply.status} {reply.error_message or reply.data}"

    def invoke(self, data: object, seconds: float) -> tuple[Message, FromServer]:
        """What the channel's service answers, or why the server refuses: the message, and what it says.

        Raises:
            TimedOut, ApitestError: as of `create`.
        """
        number = _new_id()
        return self._ask(number, messages.invoke_service(number, _now(), self.token, self._client, data), seconds)

    def acknowledge(self, seconds: float) -> None:
        """Acknowledges all deliveries that came while none were, and from now on each as soon as it comes.

        Raises:
            TimedOut, ApitestError: as of `create`.
        """
        with self._deciding:
            self.acknowledges = True
            withheld, self._withheld = self._withheld, []
        for number in withheld:
            self.connection.send(TEXT, self._response(number, None).encode(), seconds)

    def close(self) -> None:
        """Nothing: the connection is closed by who keeps it."""

    def _ask(self, number: str, text: str, seconds: float) -> tuple[Message, FromServer]:
        self.connection.send(TEXT, text.encode(), seconds)
        message = self.connection.take(lambda each: _answers(each, number), seconds)
        if message is None:
            problem = f"The server did not answer within {seconds:g} s"
            fix = _LONGER.format(seconds * 4) if self.token else "Does it speak WSX at this URL?"
            raise TimedOut(problem, self.connection.where, fix)
        return message, messages.read_from_server(message.body)

    def _respond(self, message: Message) -> str | None:
        """The answer to a request of the server, or to a delivery; called where messages are taken in."""
        said = read(message)
        if said is None:
            return None
        if said.msg_type == messages.REQUEST and self.answer is not None:
            return self._response(said.id, self.answer())
        if is_delivery(said):
            with self._deciding:
                if not self.acknowledges:
                    self._withheld.append(said.id)
                    return None
            return self._response(said.id, None)
        return None

    def _response(self, number: str, response: object) -> str:
        return messages.client_response(_new_id(), _now(), number, self.token, self._client, response)


def _answers(message: Message, number: str) -> bool:
    """Whether a message answers ours; being forbidden names none, and ends everything."""
    said = read(message)
    return said is not None and (said.in_reply_to == number or said.msg_type == messages.FORBIDDEN)


def read(message: Message) -> FromServer | None:
    """What a message says; None where it is not one of WSX."""
    try:
        return messages.read_from_server(message.body)
    except messages.Malformed:
        return None


def is_delivery(said: FromServer) -> bool:
    """Whether it brings messages of publish/subscribe."""
    return said.msg_type == messages.DELIVERY


def _new_id() -> str:
    return uuid4().hex


def _now() -> str:
    return datetime.now(UTC).isoformat()
