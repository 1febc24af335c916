"""A client that is connected to a channel: carries out what its session says, and lets services talk to it."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, NamedTuple

from apitest_server.errors import HTTPError, NotFound
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.invoker import new_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.security.authentication import Authentication
from apitest_server.wsx.answers import Answers
from apitest_server.wsx.channels import Channel
from apitest_server.wsx.exchange import SignedIn, WSXExchange
from apitest_server.wsx.messages import FromClient
from apitest_server.wsx.protocol import (
    Action,
    Answer,
    Close,
    Invoke,
    LogIn,
    Moment,
    Ping,
    Send,
    Session,
    State,
    read,
)
from apitest_server.wsx.websocket import WebSocket

logger = logging.getLogger("apitest.wsx")
AT_ONCE = 16  # Messages of one client that are worked on at the same time; the others wait, and it is not read from
LARGE = 64 * 1024  # characters; reading more than that as JSON takes so long that others would wait for it
GOING_AWAY = 1001
_NOBODY = SignedIn("", "", None)
current_client: "ContextVar[Client | None]" = ContextVar("current_client", default=None)


class Backend(NamedTuple):
    """What answers clients."""

    pipeline: Pipeline
    authentication: Authentication


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
    """

    __slots__ = (
        "_answers", "_backend", "_holds", "_is_leaving", "_loop", "_origin", "_queue", "_signed_in", "_tasks",
        "_timer", "address", "channel", "client_id", "client_name", "connected", "id", "local", "session", "socket",
    )  # fmt: skip

    def __init__(self, socket: WebSocket, channel: Channel, backend: Backend, address: str, local: str) -> None:
        self.id = f"ws.{token_hex(12)}"
        self.channel = channel
        self.socket = socket
        self.address = address
        self.local = local
        self.connected = datetime.now(UTC)
        self.client_id = self.client_name = ""
        self._backend = backend
        self._loop = asyncio.get_running_loop()
        self.session = Session(channel.terms, self._loop.time())
        self._origin = Origin("WSX", channel.settings.path, address)
        self._signed_in = _NOBODY
        self._answers = Answers(self._loop)
        self._tasks: set[asyncio.Task[None]] = set()
        self._queue: deque[str | bytes] = deque()
        self._holds = 0
        self._is_leaving = False
        self._timer: asyncio.TimerHandle | None = None

    # What the WebSocket calls

    def opened(self) -> None:
        """Waits for the session to be created."""
        self.channel.add(self)
        self._set_timer()

    def received(self, message: str | bytes) -> None:
        """Takes a message, or keeps it while others have to be done first."""
        if self._holds:
            self._queue.append(message)
        else:
            self._take(message)

    def _take(self, message: str | bytes) -> None:
        delay = self.channel.delay(self.address)
        if delay:
            self._hold()
            self._loop.call_later(delay, self._release)
        if len(message) > LARGE:
            self._hold()
            self._start(self._read(message))
        else:
            self._carry_out(self.session.received(message, self._moment()))

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
        self._hold()
        self._leave_if_idle()

    def lost(self, why: str) -> None:
        """Everything that the connection took up is let go."""
        self.session.closed()
        self.channel.drop(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._queue.clear()
        self._answers.give_up()
        about = (self.id, self.channel.settings.name, self.address, why)
        logger.info("Connection %s to the channel `%s` from %s is over: %s", *about)

    # What services call, on the event loop

    @property
    def is_signed_in(self) -> bool:
        """Whether it has a session."""
        return self.session.state is State.OPEN

    async def request(self, data_json: str, timeout: float) -> object:
        """Asks the client and waits for its answer.

        Args:
            data_json: the request, as JSON.
            timeout: in seconds.

        Raises:
            NotFound: the client is not there, or leaves before it has answered.
            ServiceTimeout: it does not answer in time.
        """
        moment = self._moment()
        actions = self.session.request(data_json, moment)
        if not actions:
            raise NotFound("The client is not connected")
        try:
            waiting = self._answers.wait(moment.id, timeout)
            self._carry_out(actions)
            return await waiting
        finally:
            self.session.gave_up(moment.id)

    def tell(self, data_json: str) -> bool:
        """Sends a request whose answer nobody waits for; whether it was sent."""
        moment = self._moment()
        actions = self.session.request(data_json, moment)
        self.session.gave_up(moment.id)
        self._carry_out(actions)
        return bool(actions)

    def disconnect(self, reason: str, code: int = GOING_AWAY) -> None:
        """Closes the connection."""
        self.session.closed()
        self.socket.close(code, reason)

    # What the session says

    def _carry_out(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.socket.send(action.text)
            elif isinstance(action, Invoke):
                self._start(self._invoke(action.message))
            elif isinstance(action, Answer):
                self._answers.came(action.request_id, action.response)
            elif isinstance(action, LogIn):
                self._start(self._log_in(action.message))
            elif isinstance(action, Ping):
                self.socket.ping()
            elif isinstance(action, Close):
                about = (self.id, self.channel.settings.name, self.address, action.why)
                logger.warning("Connection %s to the channel `%s` from %s is closed: %s", *about)
                self.socket.close(action.code, action.reason, action.why)

    async def _log_in(self, message: FromClient) -> None:
        security, authentication = self.channel.settings.security, self._backend.authentication
        signed_in = _NOBODY
        if security:
            try:
                user = await authentication.sign_in(security, message.username, message.secret, self.address)
            except HTTPError as error:
                why = "Invalid credentials" if error.status == 401 else error.details
                self._carry_out(self.session.refused(self._moment(), why))
                return
            signed_in = SignedIn(user, security, authentication.checker(security))
        self._signed_in = signed_in
        self.client_id, self.client_name = message.client_id, message.client_name
        self._carry_out(self.session.logged_in(message, f"ws.token.{token_hex(16)}", self._moment()))
        self._set_timer()

    async def _invoke(self, message: FromClient) -> None:
        current_client.set(self)
        backend = self._backend
        exchange = WSXExchange(message, self.channel.route, self._origin, self._signed_in, backend.authentication)
        reply = await backend.pipeline.answer(exchange)
        if reply is None:
            return
        moment = Moment(self._loop.time(), _now(), reply.cid)
        if reply.is_revoked:
            actions = self.session.revoked(moment, "The security definition was changed")
        elif reply.problem:
            actions = self.session.failed(message, reply.status, reply.problem, moment)
        else:
            actions = self.session.replied(message, reply.status, reply.data_json, moment)
        self._carry_out(actions)

    async def _read(self, message: str | bytes) -> None:
        found = await asyncio.to_thread(read, message)
        self._carry_out(self.session.took(found, self._moment()))
        self._release()

    # One thing after the other

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        if len(self._tasks) == AT_ONCE:
            self._hold()

    def _done(self, task: "asyncio.Task[None]") -> None:
        was_full = len(self._tasks) == AT_ONCE
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("Connection %s: a message could not be answered", self.id, exc_info=task.exception())
            self.disconnect("Internal server error", 1011)
        if was_full:
            self._release()
        self._leave_if_idle()

    def _hold(self) -> None:
        self._holds += 1
        self.socket.hold(True)

    def _release(self) -> None:
        self._holds -= 1
        while self._queue and not self._holds:
            self._take(self._queue.popleft())
        if not self._holds:
            self.socket.hold(False)

    def _leave_if_idle(self) -> None:
        if self._is_leaving and not self._tasks:
            self.disconnect("The server is stopping")

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if self.session.state is not State.CLOSED:
            self._timer = self._loop.call_at(self.session.due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._carry_out(self.session.tick(self._moment()))
        self._set_timer()

    def _moment(self) -> Moment:
        return Moment(self._loop.time(), _now(), new_cid())


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat()
