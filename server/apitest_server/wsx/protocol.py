"""PURE  One WSX session on the server's side, as a state machine: messages and clock ticks in, actions out.

It does no input or output, keeps no time and makes no IDs: whoever holds the connection gives each event a
:class:`Moment` and carries out the actions, in their order. Clients find the messages of both sides here, too.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import NamedTuple, Protocol

from apitest_server.wsx.messages import (
    CLIENT_RESPONSE,
    CREATE_SESSION,
    DELIVERY,
    FAILURE,
    FORBIDDEN,
    INVOKE_SERVICE,
    REPLY,
    REQUEST,
    SESSION_CREATED,
    FromClient,
    FromServer,
    Malformed,
    client_response,
    create_session,
    delivery,
    failure,
    forbidden,
    invoke_service,
    read,
    read_from_client,
    read_from_server,
    reply,
    request,
    session_created,
)

__all__ = [
    "CLIENT_RESPONSE", "CREATE_SESSION", "DELIVERY", "FAILURE", "FORBIDDEN", "INVOKE_SERVICE", "REPLY", "REQUEST",
    "SESSION_CREATED", "Action", "Answer", "Close", "FromClient", "FromServer", "Invoke", "LogIn", "Malformed",
    "Moment", "Ping", "Send", "Session", "State", "Terms", "client_response", "create_session", "invoke_service",
    "read", "read_from_client", "read_from_server",
]  # fmt: skip

POLICY = 1008
UNANSWERED = 1011
TOLD = "You are not authorized to access this resource"
BAD_INPUT = "I/O processing error"


class State(enum.Enum):
    """Of a session: nobody has logged in yet; somebody has; it is over."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


class Terms(NamedTuple):
    """What a channel asks of its sessions; times in seconds.

    Attributes:
        token_ttl: how long a token lives, from its creation or from the last ping that was answered.
        new_token_wait_time: how long a client may take to create its session.
        ping_interval: between pings.
        pings_missed_threshold: so many unanswered ones in a row close the connection.
    """

    token_ttl: float = 3600.0
    new_token_wait_time: float = 5.0
    ping_interval: float = 30.0
    pings_missed_threshold: int = 5


class Moment(Protocol):
    """When something happens."""

    @property
    def now(self) -> float:
        """Seconds of a clock that is never set."""

    @property
    def timestamp(self) -> str:
        """ISO 8601, for the messages."""

    @property
    def id(self) -> str:
        """For the message that this event makes the server send."""


class Send(NamedTuple):
    """Send a text frame."""

    text: str


class Close(NamedTuple):
    """Send a Close frame.

    Attributes:
        code: of the frame.
        reason: in the frame; it tells nothing that an outsider should not know.
        why: for the log.
    """

    code: int
    reason: str
    why: str


class Ping(NamedTuple):
    """Send a ping frame."""


class LogIn(NamedTuple):
    """Check the credentials, then call ``logged_in`` or ``refused``."""

    message: FromClient


class Invoke(NamedTuple):
    """Invoke the channel's service, then send ``replied`` or ``failed``."""

    message: FromClient


class Answer(NamedTuple):
    """The client has answered a request or a delivery.

    Attributes:
        request_id: the one that ``request`` or ``deliver`` was given.
        response: what the client says.
    """

    request_id: str
    response: object


Action = Send | Close | Ping | LogIn | Invoke | Answer


@dataclass(slots=True)
class _Token:
    value: bytes
    expires: float

    def fits(self, given: str, now: float) -> bool:
        """Whether it is this one, in constant time, and still lives."""
        is_same = compare_digest(given.encode("utf-8"), self.value)
        return is_same and now < self.expires


class Session:
    """One client's session.

    Attributes:
        state: see :class:`State`.
        due: when ``tick`` has to be called next, by the clock of :class:`Moment`.
        waiting: IDs of requests that the client has not answered.
    """

    __slots__ = ("_is_logging_in", "_terms", "_token", "_unanswered", "due", "state", "waiting")

    def __init__(self, terms: Terms, now: float) -> None:
        self.state = State.NEW
        self.due = now + terms.new_token_wait_time
        self.waiting: set[str] = set()
        self._terms = terms
        self._token = _Token(b"", now)
        self._is_logging_in = False
        self._unanswered = 0

    def received(self, raw: str | bytes, moment: Moment, most_values: int = 0) -> list[Action]:
        """A text or binary frame has come; for ``most_values`` see ``read``."""
        return self.took(read(raw, most_values), moment)

    def took(self, message: FromClient | Malformed, moment: Moment) -> list[Action]:
        """The same, of a frame that was read already: a large one is read in a thread."""
        if self.state is State.CLOSED:
            return []
        if isinstance(message, Malformed):
            if self.state is State.NEW:
                return self._forbid(moment, f"Before the session was created: {message}")
            return [Send(failure(moment.id, moment.timestamp, message.in_reply_to, 400, BAD_INPUT))]
        if message.action == CREATE_SESSION:
            return self._log_in(message, moment)
        if self.state is State.NEW:
            return self._forbid(moment, f"`{message.action[:40]}` came before a session was created")
        if not self._token.fits(message.token, moment.now):
            return self._forbid(moment, f"`{message.action[:40]}` came with an invalid or expired token")
        return self._act(message, moment)

    def logged_in(self, message: FromClient, token: str, moment: Moment) -> list[Action]:
        """The credentials are right: from here on the client has this token, and any former one is void."""
        self._is_logging_in = False
        if self.state is State.CLOSED:
            return []
        if self.state is State.NEW:
            self.state = State.OPEN
            self.due = moment.now + self._terms.ping_interval
        self._token = _Token(token.encode("ascii"), moment.now + self._terms.token_ttl)
        return [Send(session_created(moment.id, moment.timestamp, message.id, token))]

    def refused(self, moment: Moment, why: str = "Invalid credentials") -> list[Action]:
        """The credentials are wrong, or could not be checked; ``why`` is for the log."""
        self._is_logging_in = False
        return self._forbid(moment, why)

    def revoked(self, moment: Moment, why: str) -> list[Action]:
        """What the client signed in with is no longer what it was."""
        return self._forbid(moment, why)

    def replied(self, message: FromClient, status: int, data_json: str, moment: Moment) -> list[Action]:
        """The service has returned."""
        return self._send(reply(moment.id, moment.timestamp, message.id, status, data_json))

    def failed(self, message: FromClient, status: int, error_message: str, moment: Moment) -> list[Action]:
        """The service could not be invoked, or raised."""
        return self._send(failure(moment.id, moment.timestamp, message.id, status, error_message))

    def request(self, data_json: str, moment: Moment) -> list[Action]:
        """Asks the client; its answer comes as :class:`Answer`. Nothing is sent outside of an open session."""
        return self._ask(request(moment.id, moment.timestamp, data_json), moment.id)

    def deliver(self, ctx: Mapping[str, object], data_json: str, moment: Moment) -> list[Action]:
        """Delivers one message of publish/subscribe or a list of them, which the client answers as it does requests."""
        return self._ask(delivery(moment.id, moment.timestamp, ctx, data_json), moment.id)

    def gave_up(self, request_id: str) -> None:
        """Nobody waits for the answer to a request any longer."""
        self.waiting.discard(request_id)

    def pong(self, now: float) -> None:
        """A pong has come: if it answers a ping, that extends the life of a token that has not expired."""
        if self.state is State.OPEN and self._unanswered:
            self._unanswered = 0
            if now < self._token.expires:
                self._token.expires = now + self._terms.token_ttl

    def tick(self, moment: Moment, is_heard: bool = True) -> list[Action]:
        """``due`` has come; ``is_heard`` is whether an answer to the last ping would have been read."""
        if self.state is State.CLOSED or moment.now < self.due:
            return []
        self.due = moment.now + self._terms.ping_interval
        if self.state is State.NEW:
            return [] if self._is_logging_in else self._forbid(moment, "No session was created in time")
        if not is_heard:
            self.pong(moment.now)  # It may have answered: that waits behind what else it has sent
        if self._unanswered >= self._terms.pings_missed_threshold:
            text = f"{self._unanswered} pings in a row were not answered"
            self.closed()
            return [Close(UNANSWERED, text, text)]
        self._unanswered += 1
        return [Ping()]

    def closed(self) -> None:
        """The connection is gone, or being closed: what the client has not answered it never will."""
        self.waiting.clear()
        self.state = State.CLOSED

    def _log_in(self, message: FromClient, moment: Moment) -> list[Action]:
        if self._is_logging_in:
            return self._forbid(moment, "Credentials came while others were being checked")
        self._is_logging_in = True
        return [LogIn(message)]

    def _act(self, message: FromClient, moment: Moment) -> list[Action]:
        if message.action == INVOKE_SERVICE:
            return [Invoke(message)]
        if message.action != CLIENT_RESPONSE:
            return [Send(failure(moment.id, moment.timestamp, message.id, 400, BAD_INPUT))]
        number = message.in_reply_to
        if not isinstance(number, str) or number not in self.waiting:
            return []  # Nobody waits for it any longer
        self.waiting.discard(number)
        return [Answer(number, message.response)]

    def _ask(self, text: str, number: str) -> list[Action]:
        if self.state is not State.OPEN:
            return []
        self.waiting.add(number)
        return [Send(text)]

    def _send(self, text: str) -> list[Action]:
        return [] if self.state is State.CLOSED else [Send(text)]

    def _forbid(self, moment: Moment, why: str) -> list[Action]:
        if self.state is State.CLOSED:
            return []
        self.closed()
        return [Send(forbidden(moment.id, moment.timestamp, TOLD)), Close(POLICY, "Forbidden", why)]
