"""What goes over one WebSocket that this server has opened: carries out what its session says."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from apitest_server.errors import PayloadTooLarge, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.wsx.answers import Answers
from apitest_server.wsx.caller import LONGEST_REASON, Asked, Caller, CallerAction, Came, Delivered, Failed, Opened
from apitest_server.wsx.caller import Replied as Reply
from apitest_server.wsx.dialled import Dialled
from apitest_server.wsx.endpoint import Bounds
from apitest_server.wsx.messages import FromServer, Malformed, read_from_server
from apitest_server.wsx.moments import Now
from apitest_server.wsx.plain_caller import PlainCaller
from apitest_server.wsx.protocol import Close, Ping, Send, State
from apitest_server.wsx.turns import Turns

logger = logging.getLogger("apitest.wsx")
LARGE = 64 * 1024  # characters; reading more than that as JSON takes so long that others would wait for it
NORMAL, GOING_AWAY, BROKEN = 1000, 1001, 1011
STOPPING = "The server is stopping"
Clean = Callable[[str], str]


class Owner(Protocol):
    """Whose conversation it is."""

    def opened(self) -> None:
        """Services can be invoked."""

    def heard(self, message: Asked | Delivered | Came) -> None:
        """The remote end has sent something."""

    def answered(self) -> None:
        """Nothing that was invoked waits for its answer any more."""

    def over(self, why: str) -> None:
        """The connection is gone."""


class Conversation:
    """One WebSocket, from its handshake on until it is gone; everything happens on the event loop.

    Attributes:
        socket: the WebSocket.
        caller: its session.
    """

    def __init__(
        self, socket: Dialled, caller: Caller | PlainCaller, owner: Owner, name: str, bounds: Bounds, clean: Clean
    ) -> None:
        """Takes what it works with.

        Args:
            socket: the WebSocket.
            caller: its session.
            owner: is told what happens.
            name: of the outgoing connection, for errors.
            bounds: of the socket.
            clean: takes secrets out of a text.
        """
        self.socket = socket
        self.caller = caller
        self._owner = owner
        self._name = name
        self._bounds = bounds
        self._clean = clean
        self._loop = asyncio.get_running_loop()
        self._answers = Answers(self._loop, f"`{name}`")
        self._turns = Turns(self._loop, self)
        self._timer: asyncio.TimerHandle | None = None
        self._pongs: list[asyncio.Future[None]] = []
        self._why = ""
        self.in_flight = 0

    # What services want

    @property
    def is_open(self) -> bool:
        """Whether services can be invoked."""
        return self.caller.state is State.OPEN

    async def invoke(self, data_json: str, timeout: float) -> object:
        """Invokes the service of the remote end's channel, and waits for what it answers.

        Raises:
            RemoteError: it answers with an error.
            ServiceTimeout: it does not answer in time.
            ServiceUnavailable: the connection is not there, or lost before the answer.
            PayloadTooLarge: so large a message is not sent.
        """
        moment = Now(self._loop.time())
        self._check(data_json)
        actions = self.caller.invoke(data_json, moment)
        if not actions:
            raise ServiceUnavailable(f"`{self._name}` is not connected")
        self.in_flight += 1
        try:
            waiting = self._answers.wait(moment.id, timeout)
            self._carry_out(actions)
            return await waiting
        finally:
            self.in_flight -= 1
            self.caller.gave_up(moment.id)
            if not self.in_flight:
                self._owner.answered()

    def tell(self, text: str) -> None:
        """Sends a message to a remote end that does not speak WSX; there is no answer to wait for.

        Raises:
            ServiceUnavailable: the connection is not there.
            PayloadTooLarge: so large a message is not sent.
        """
        self._check(text)
        actions = self.caller.invoke(text, Now(self._loop.time()))
        if not actions:
            raise ServiceUnavailable(f"`{self._name}` is not connected")
        self._carry_out(actions)

    def answer(self, number: str, data_json: str) -> None:
        """Answers a request, or confirms a delivery."""
        self._carry_out(self.caller.answer(number, data_json, Now(self._loop.time())))

    async def ping(self, timeout: float) -> float:
        """How many seconds the remote end took to answer a ping.

        Raises:
            ServiceTimeout: it does not answer in time.
            ServiceUnavailable: the connection is lost.
        """
        pong = self._loop.create_future()
        self._pongs.append(pong)
        started = self._loop.time()
        self.socket.ping()
        try:
            async with asyncio.timeout(timeout):
                await pong
        except TimeoutError:
            raise ServiceTimeout(f"`{self._name}` did not answer a ping within {timeout:g} s") from None
        finally:
            if pong in self._pongs:
                self._pongs.remove(pong)
        return self._loop.time() - started

    def close(self, why: str) -> None:
        """Sends a Close frame; who waits for an answer is told why there will be none."""
        self.caller.closed()
        self.socket.close(NORMAL, why)
        self._give_up(why)

    # What the WebSocket calls

    def opened(self) -> None:
        """The handshake is over."""
        self._carry_out(self.caller.opened(Now(self._loop.time())))
        self._set_timer()

    def received(self, message: str | bytes) -> None:
        """Takes a message, or keeps it while another has to be read first."""
        self._turns.came(message)

    def not_utf8(self) -> None:
        """The WebSocket is closed for that."""
        self.caller.closed()

    def pong(self) -> None:
        """The remote end is there."""
        self.caller.pong()
        pongs, self._pongs = self._pongs, []
        for pong in pongs:
            if not pong.done():
                pong.set_result(None)

    def pinged(self) -> None:
        """It has sent a ping, which was answered."""
        self.caller.pinged(self._loop.time())

    def leave(self) -> None:
        """The server stops."""
        self.caller.closed()
        self.socket.leave(GOING_AWAY, STOPPING)
        self._give_up(STOPPING)

    def closing(self) -> None:
        """There is nothing to do until it is gone."""

    def lost(self, why: str) -> None:
        """Everything is let go."""
        self.caller.closed()
        self._set_timer()
        self._turns.clear()
        self._give_up(self._why or why)
        self._owner.over(self._why or why)

    # One message after the other

    def take(self, message: str | bytes) -> None:
        """It is a message's turn."""
        if len(message) > LARGE and isinstance(self.caller, Caller):
            self._turns.hold()
            self._turns.start(self._read(message))
        else:
            self._carry_out(self.caller.received(message, Now(self._loop.time())))

    def hold(self) -> None:
        """Nothing is read until ``release``."""
        self._turns.hold()

    def release(self) -> None:
        """More is read."""
        self._turns.release()

    def read(self, is_wanted: bool) -> None:
        """Whether more is read."""
        self.socket.hold(not is_wanted)

    def failed(self, error: BaseException) -> None:
        """Nothing that a remote end sends leads here; the connection is closed all the same."""
        logger.error("Outgoing WSX connection `%s`: a message could not be read", self._name, exc_info=error)
        self.caller.closed()
        self.socket.close(BROKEN, "", "A message could not be read")

    def idle(self) -> None:
        """Nothing is being read."""

    async def _read(self, message: str | bytes) -> None:
        assert isinstance(self.caller, Caller)  # `take` has seen it
        found = await asyncio.to_thread(_read, message)
        self._carry_out(self.caller.took(found, Now(self._loop.time())))
        self._turns.release()

    # What the session says

    def _carry_out(self, actions: list[CallerAction]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.socket.send(action.text)
            elif isinstance(action, Reply):
                self._answers.came(action.number, action.data)
            elif isinstance(action, Failed):
                self._answers.failed(action.number, self._error(action))
            elif isinstance(action, Opened):
                self._owner.opened()
            elif isinstance(action, Ping):
                self.socket.ping()
            elif isinstance(action, Close):
                self._why = action.why  # The remote end may have sent a Close frame already, with less to say
                self.socket.close(action.code, action.reason, action.why)
                self._give_up(action.why)
            else:
                self._owner.heard(action)
        self._set_timer()

    def _error(self, failed: Failed) -> RemoteError:
        said = self._clean(failed.text)[:LONGEST_REASON]
        words = f"`{self._name}` answered with {failed.status}: {said} (its cid {failed.cid[:50]})"
        return RemoteError(words, failed.status, failed.cid)

    def _give_up(self, why: str) -> None:
        self._answers.give_up(ServiceUnavailable(f"`{self._name}` was lost before it answered: {self._clean(why)}"))
        for pong in self._pongs:
            if not pong.done():
                pong.set_exception(ServiceUnavailable(f"`{self._name}` was lost: {self._clean(why)}"))
        self._pongs = []

    def _check(self, text: str) -> None:
        """Refuses what could not be sent.

        Raises:
            HTTPError: why.
        """
        if len(text) > self._bounds.message:
            raise PayloadTooLarge(f"The message to `{self._name}` is larger than its max_message_size")
        if self.socket.unsent + len(text) > self._bounds.unsent:
            raise ServiceUnavailable(f"`{self._name}` does not read what it is sent")

    def _set_timer(self) -> None:
        due = self.caller.due
        if self._timer is not None:
            if self._timer.when() == due and self.caller.state is not State.CLOSED:
                return
            self._timer.cancel()
        self._timer = None
        if self.caller.state is not State.CLOSED:
            self._timer = self._loop.call_at(due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._carry_out(self.caller.tick(Now(self._loop.time()), not self.socket.is_paused))


def _read(message: str | bytes) -> FromServer | Malformed:
    try:
        return read_from_server(message)
    except Malformed as error:
        return error
