"""A client that is connected to a channel: carries out what its session says, and lets services talk to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex

from apitest_server.errors import HTTPError, NotFound
from apitest_server.invoke.access_log import Origin
from apitest_server.service.values import LARGE
from apitest_server.wsx.answering import afterwards, answering
from apitest_server.wsx.answers import Answers
from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channel
from apitest_server.wsx.exchange import NOBODY, WSXExchange, sign_in
from apitest_server.wsx.messages import FromClient
from apitest_server.wsx.moments import Now
from apitest_server.wsx.outcomes import REVOKED, outcome
from apitest_server.wsx.overtaking import answer_in
from apitest_server.wsx.protocol import Action, Answer, Close, Invoke, LogIn, Ping, Send, Session, State, read
from apitest_server.wsx.turns import Turns
from apitest_server.wsx.websocket import WebSocket

logger = logging.getLogger("apitest.wsx")
GOING_AWAY, BROKEN = 1001, 1011
current_client: "ContextVar[Client | None]" = ContextVar("current_client", default=None)


class Client:
    """One client, from its handshake until its connection is gone.

    Attributes:
        id: of the connection, ``ws.<hex>``.
        channel: that it is connected to.
        socket: its WebSocket.
        session: what it may do.
        address: of its end of the connection.
        local: the server's address and port.
        connected: when it connected, in UTC.
        client_id: chosen by the client.
        client_name: likewise.
        fqdn: the name of its address, as far as it is known.
    """

    __slots__ = (
        "_answers", "_backend", "_gone", "_is_leaving", "_loop", "_origin", "_signed_in", "_timer", "_turns", "address",
        "channel", "client_id", "client_name", "connected", "fqdn", "id", "local", "session", "socket",
    )  # fmt: skip

    def __init__(self, socket: WebSocket, channel: Channel, backend: Backend, address: str, local: str) -> None:
        self.id = f"ws.{token_hex(12)}"
        self.channel = channel
        self.socket = socket
        self.address = address
        self.local = local
        self.connected = datetime.now(UTC)
        self.client_id = self.client_name = ""
        self.fqdn = address
        self._backend = backend
        self._loop = asyncio.get_running_loop()
        self.session = Session(channel.terms, self._loop.time())
        self._origin = Origin("WSX", channel.settings.path, address)
        self._signed_in = NOBODY
        self._answers = Answers(self._loop, late=self.session.gave_up, is_heard=lambda: not socket.is_paused)
        self._turns = Turns(self._loop, self, self._took_answer)
        self._is_leaving = False
        self._gone: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    # What the WebSocket calls

    def opened(self) -> None:
        """Waits for the session to be created."""
        self.channel.add(self)
        self._backend.taps.met(self)
        self._set_timer()

    def received(self, message: str | bytes) -> None:
        """Takes a message, or keeps it while others have to be done first."""
        self._turns.came(message)

    def not_utf8(self) -> None:
        """Tells the client what it gets for that before the WebSocket is closed."""
        self._carry_out(self.session.received(b"\xff", self._moment()))
        self.session.closed()

    def pong(self) -> None:
        """The token lives longer."""
        self.session.pong(self._loop.time())

    def leave(self) -> None:
        """Closes once what is under way is answered."""
        self._is_leaving = True
        self._turns.end()
        if self._turns.is_idle:
            self.idle()

    def closing(self) -> None:
        """From now on it is not listed, and what is meant for it waits."""
        self._backend.presence.left(self)

    def lost(self, why: str) -> None:
        """Everything that the connection took up is let go."""
        self.session.closed()
        self.channel.drop(self)
        self._backend.presence.left(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._turns.clear()
        self._answers.give_up()
        about = (self.id, self.channel.settings.name, self.address, why)
        logger.info("Connection %s to the channel `%s` from %s is over: %s", *about)
        if self._gone is not None:
            self._gone.set_result(None)

    # What services call, on the event loop

    @property
    def is_signed_in(self) -> bool:
        """Whether it has a session."""
        return self.session.state is State.OPEN

    @property
    def user(self) -> str:
        """Who has signed in; empty on a channel without security."""
        return self._signed_in.user

    @property
    def idle_for(self) -> float:
        """Seconds since something came from it."""
        return self._loop.time() - self.socket.active

    def when_gone(self) -> "asyncio.Future[None]":
        """Done once the connection is gone."""
        if self._gone is None:
            self._gone = self._loop.create_future()
        return self._gone

    async def request(self, data_json: str, timeout: float) -> object:
        """Asks the client and waits for its answer.

        Args:
            data_json: the request, as JSON.
            timeout: in seconds.

        Raises:
            NotFound: the client is not there, or leaves before it has answered.
            ServiceTimeout: it does not answer in time.
        """
        moment = self._admitted()
        return await self._answer(self.session.request(data_json, moment), moment.id, timeout)

    def deliver(self, ctx: Mapping[str, object], data_json: str, timeout: float) -> Awaitable[object]:
        """Delivers one message of publish/subscribe or a list of them; what it returns is done once that is confirmed.

        Args:
            ctx: what goes along in the meta data.
            data_json: the message or messages, as JSON.
            timeout: in seconds.

        Raises:
            NotFound: the client is not there; or, when awaited, it leaves before it has confirmed.
            ServiceTimeout: when awaited: it does not confirm in time.
        """
        moment = self._admitted()
        return self._answer(self.session.deliver(ctx, data_json, moment), moment.id, timeout, patient=True)

    def when_answered(self, work: Callable[[], None]) -> None:
        """Does something once the client has the answer to what it asks now; at once if it is asking nothing."""
        afterwards(self, work)

    def tell(self, data_json: str) -> bool:
        """Sends a request whose answer nobody waits for; whether it was sent."""
        moment = self._admitted()
        actions = self.session.request(data_json, moment)
        self.session.gave_up(moment.id)
        self._carry_out(actions)
        return bool(actions)

    def disconnect(self, reason: str, code: int = GOING_AWAY) -> None:
        """Closes the connection."""
        self.session.closed()
        self.socket.close(code, reason)

    # What the session says

    def _admitted(self) -> Now:
        """The moment for what the server sends by itself. Who may not be here any longer is signed out before."""
        moment = self._moment()
        if self._signed_in.security and not self._signed_in.is_current(self._backend.authentication):
            self._carry_out(self.session.revoked(moment, REVOKED))
        return moment

    def _answer(self, actions: list[Action], number: str, timeout: float, patient: bool = False) -> Awaitable[object]:
        if not actions:
            raise NotFound("The client is not connected")
        waiting = self._answers.wait(number, timeout, patient)
        self._carry_out(actions)
        return waiting

    def _carry_out(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.socket.send(action.text)
            elif isinstance(action, Invoke):
                self._turns.start(self._invoke(action.message))
            elif isinstance(action, Answer):
                self._answers.came(action.request_id, action.response)
            elif isinstance(action, LogIn):
                self._turns.start(self._log_in(action.message))
            elif isinstance(action, Ping):
                self.socket.ping()
            elif isinstance(action, Close):
                about = (self.id, self.channel.settings.name, self.address, action.why)
                logger.warning("Connection %s to the channel `%s` from %s is closed: %s", *about)
                self.socket.close(action.code, action.reason, action.why)

    async def _log_in(self, message: FromClient) -> None:
        backend, security = self._backend, self.channel.settings.security
        try:
            self._signed_in = await sign_in(backend.authentication, security, message, self.address, self.socket)
        except HTTPError as error:
            why = "Invalid credentials" if error.status == 401 else error.details
            self._carry_out(self.session.refused(self._moment(), why))
            return
        self.client_id, self.client_name = message.client_id, message.client_name
        self._carry_out(self.session.logged_in(message, f"ws.token.{token_hex(16)}", self._moment()))
        self._set_timer()
        if self.session.state is State.OPEN:
            about = (self.id, self.channel.settings.name, self.address, self.user or "-", self.client_id or "-")
            logger.info("Connection %s to the channel `%s` from %s has signed in: user %s, client %s", *about)
            backend.presence.signed_in(self)

    async def _invoke(self, message: FromClient) -> None:
        current_client.set(self)
        backend = self._backend
        with answering(self):
            about = (message, self.channel.route, self._origin, self._signed_in, backend.authentication)
            self._carry_out(await outcome(backend.pipeline, WSXExchange(*about), self.session, message))

    async def _read(self, message: str | bytes) -> None:
        found = await asyncio.to_thread(read, message, self._backend.most_values)
        self._carry_out(self.session.took(found, self._moment()))
        self._turns.release()

    # One thing after the other

    def take(self, message: str | bytes) -> None:
        """It is a message's turn."""
        self._count()
        if len(message) > LARGE:
            self._turns.hold()
            self._turns.start(self._read(message))
        else:
            self._carry_out(self.session.received(message, self._moment(), self._backend.most_values))

    def _took_answer(self, message: str | bytes) -> bool:
        """Takes a message out of its turn if it is an answer: what has its turn may be waiting for it."""
        answer = answer_in(message, self._backend.most_values)
        if answer is not None:
            self._count()
            self._carry_out(self.session.took(answer, self._moment()))
        return answer is not None

    def _count(self) -> None:
        delay = self.channel.delay(self.address)
        if delay:
            self._turns.pause(delay)

    def read(self, is_wanted: bool) -> None:
        """Whether more is read."""
        self.socket.hold(not is_wanted)

    def failed(self, error: BaseException) -> None:
        """Nothing that a client does leads here; it is closed all the same."""
        logger.error("Connection %s: a message could not be answered", self.id, exc_info=error)
        self.disconnect("Internal server error", BROKEN)

    def idle(self) -> None:
        """A server that stops has waited for this."""
        if self._is_leaving:
            self.disconnect("The server is stopping")

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if self.session.state is not State.CLOSED:
            self._timer = self._loop.call_at(self.session.due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._carry_out(self.session.tick(self._moment(), not self.socket.is_paused))
        self._set_timer()

    def _moment(self) -> Now:
        return Now(self._loop.time())
