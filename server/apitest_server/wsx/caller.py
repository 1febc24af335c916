"""PURE  One WSX session on the client's side, as a state machine: what the server says and clock ticks in, actions out.

As in :mod:`protocol`, which is the other side of it, whoever holds the connection gives each event a ``Moment`` and
carries out the actions, in their order.
"""

from collections.abc import Mapping
from typing import NamedTuple

from apitest_server.wsx.keepalive import KeepAlive
from apitest_server.wsx.messages import (
    CLIENT_RESPONSE,
    DELIVERY,
    FAILURE,
    FORBIDDEN,
    INVOKE_SERVICE,
    REPLY,
    REQUEST,
    SESSION_CREATED,
    FromServer,
    Malformed,
    create_session,
    read_from_server,
    written,
)
from apitest_server.wsx.protocol import Close, Moment, Ping, Send, State

NORMAL, PROTOCOL_ERROR, POLICY, UNANSWERED = 1000, 1002, 1008, 1011
LONGEST_REASON = 200  # characters of what the server says


class CallerTerms(NamedTuple):
    """What is expected of the server; times in seconds.

    Attributes:
        login_timeout: how long it may take to create the session.
        renewal: a new token is asked for where the server has neither sent a ping nor a token for so long.
        ping_interval: between our pings.
        pings_missed_threshold: so many unanswered ones in a row close the connection.
    """

    login_timeout: float = 10.0
    renewal: float = 600.0
    ping_interval: float = 30.0
    pings_missed_threshold: int = 5


class Opened(NamedTuple):
    """The session is there: services can be invoked."""


class Replied(NamedTuple):
    """What was invoked has answered."""

    number: str
    data: object


class Failed(NamedTuple):
    """What was invoked has failed.

    Attributes:
        number: the invocation's.
        status: as an HTTP status code.
        text: the server's error message.
        cid: what the server's log has the details under.
    """

    number: str
    status: int
    text: str
    cid: str


class Asked(NamedTuple):
    """The server has sent a request, to be answered with ``answer``."""

    number: str
    timestamp: str
    data: object


class Delivered(NamedTuple):
    """The server has delivered messages of publish/subscribe, to be confirmed with ``answer``."""

    number: str
    timestamp: str
    data: list[object]


class Came(NamedTuple):
    """A server that does not speak WSX has sent a message."""

    data: str | bytes


CallerAction = Send | Ping | Close | Opened | Replied | Failed | Asked | Delivered | Came


class Caller:
    """A session with a server that speaks WSX.

    Attributes:
        state: nobody has logged in yet; the session is there; it is over.
        waiting: the numbers of invocations that are not answered.
    """

    __slots__ = ("_alive", "_client", "_login", "_renew", "_terms", "_token", "_who", "state", "waiting")

    def __init__(self, terms: CallerTerms, client: Mapping[str, object], who: tuple[str, str], now: float) -> None:
        """Takes what is known from the start.

        Args:
            terms: see there.
            client: its ``client_id`` and ``client_name``.
            who: user name and secret.
            now: seconds of the clock of :class:`Moment`.
        """
        self.state = State.NEW
        self.waiting: set[str] = set()
        self._terms = terms
        self._client = client
        self._who = who
        self._token = self._login = ""
        self._alive = KeepAlive(terms.ping_interval, terms.pings_missed_threshold, now)
        self._renew = now + terms.login_timeout

    @property
    def due(self) -> float:
        """When ``tick`` has to be called next."""
        return self._renew if self.state is State.NEW else min(self._renew, self._alive.due)

    def opened(self, moment: Moment) -> list[CallerAction]:
        """The connection is there: logs in."""
        return [self._create_session(moment)]

    def received(self, raw: str | bytes, moment: Moment) -> list[CallerAction]:
        """A message has come."""
        try:
            found: FromServer | Malformed = read_from_server(raw)
        except Malformed as error:
            found = error
        return self.took(found, moment)

    def took(self, message: FromServer | Malformed, moment: Moment) -> list[CallerAction]:
        """The same, of a message that was read already."""
        if self.state is State.CLOSED:
            return []
        if isinstance(message, Malformed):
            return self._close(PROTOCOL_ERROR, f"It does not speak WSX. {message}")
        kind, number = message.msg_type, message.in_reply_to
        if kind == FORBIDDEN:
            return self._close(NORMAL, f"It refuses us: {str(message.data)[:LONGEST_REASON]}")
        if isinstance(number, str) and number == self._login:
            return self._logged_in(message, moment)
        if self.state is State.NEW:
            return []
        if kind in (REPLY, FAILURE):
            return self._answered(message)
        if kind == REQUEST:
            return [Asked(message.id, message.timestamp, message.data)]
        if kind == DELIVERY:
            data = message.data
            return [Delivered(message.id, message.timestamp, data if isinstance(data, list) else [data])]
        return []

    def invoke(self, data_json: str, moment: Moment) -> list[CallerAction]:
        """Invokes the channel's service; what comes of it has the moment's ID. Nothing is sent without a session."""
        if self.state is not State.OPEN:
            return []
        self.waiting.add(moment.id)
        return [Send(written(self._meta(INVOKE_SERVICE, moment), data_json))]

    def answer(self, number: str, data_json: str, moment: Moment) -> list[CallerAction]:
        """Answers a request or confirms a delivery."""
        if self.state is not State.OPEN:
            return []
        meta = {**self._meta(CLIENT_RESPONSE, moment), "in_reply_to": number}
        return [Send(written(meta, f'{{"response": {data_json}}}'))]

    def gave_up(self, number: str) -> None:
        """Nobody waits for an answer any longer."""
        self.waiting.discard(number)

    def pinged(self, now: float) -> None:
        """The server has sent a ping; the answer to it extends the token's life."""
        if self.state is State.OPEN:
            self._renew = now + self._terms.renewal

    def pong(self) -> None:
        """The server has answered a ping."""
        self._alive.pong()

    def tick(self, moment: Moment, is_heard: bool = True) -> list[CallerAction]:
        """``due`` has come; ``is_heard`` is whether an answer to the last ping would have been read."""
        if self.state is State.CLOSED:
            return []
        if self.state is State.NEW:
            return self._close(POLICY, "It created no session in time") if moment.now >= self._renew else []
        actions: list[CallerAction] = [Ping()] if self._alive.tick(moment.now, is_heard) else []
        if self._alive.is_over:
            return self._close(UNANSWERED, f"It did not answer {self._terms.pings_missed_threshold} pings in a row")
        if moment.now >= self._renew:
            actions.append(self._create_session(moment))
            self._renew = moment.now + self._terms.renewal
        return actions

    def closed(self) -> None:
        """The connection is gone, or being closed."""
        self.state = State.CLOSED
        self.waiting.clear()

    def _meta(self, action: str, moment: Moment) -> dict[str, object]:
        about = {"action": action, "id": moment.id, "timestamp": moment.timestamp, "token": self._token}
        return {**about, **self._client}

    def _create_session(self, moment: Moment) -> Send:
        self._login = moment.id
        return Send(create_session(moment.id, moment.timestamp, self._client, *self._who))

    def _logged_in(self, message: FromServer, moment: Moment) -> list[CallerAction]:
        self._login = ""
        token = message.data.get("token") if isinstance(message.data, dict) else None
        if message.msg_type != SESSION_CREATED or not (isinstance(token, str) and token):
            said = f"{message.status} {message.error_message[:LONGEST_REASON]}"
            return self._close(POLICY, f"It created no session: {said}".rstrip())
        self._token = token
        self._renew = moment.now + self._terms.renewal
        if self.state is State.OPEN:
            return []
        self.state = State.OPEN
        self._alive = KeepAlive(self._terms.ping_interval, self._terms.pings_missed_threshold, moment.now)
        return [Opened()]

    def _answered(self, message: FromServer) -> list[CallerAction]:
        number = message.in_reply_to
        if not isinstance(number, str) or number not in self.waiting:
            return []  # Nobody waits for it any longer
        self.waiting.discard(number)
        if message.msg_type == REPLY:
            return [Replied(number, message.data)]
        cid = message.data.get("cid") if isinstance(message.data, dict) else None
        return [Failed(number, message.status, message.error_message, cid if isinstance(cid, str) else message.id)]

    def _close(self, code: int, why: str) -> list[CallerAction]:
        self.closed()
        return [Close(code, "", why)]
