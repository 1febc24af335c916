"""PURE  A connection to a server that does not speak WSX, with the same methods as a :class:`Caller`."""

from apitest_server.wsx.caller import UNANSWERED, CallerAction, CallerTerms, Came, Opened
from apitest_server.wsx.keepalive import KeepAlive
from apitest_server.wsx.protocol import Close, Moment, Ping, Send, State


class PlainCaller:
    """Any text or binary message goes out, and whatever comes is handed on.

    Attributes:
        state: as a ``Caller`` has it.
        waiting: always empty; nothing here is known to be an answer.
    """

    __slots__ = ("_alive", "_terms", "state", "waiting")

    def __init__(self, terms: CallerTerms, now: float) -> None:
        self.state = State.NEW
        self.waiting: set[str] = set()
        self._terms = terms
        self._alive = KeepAlive(terms.ping_interval, terms.pings_missed_threshold, now)

    @property
    def due(self) -> float:
        """When ``tick`` has to be called next."""
        return self._alive.due

    def opened(self, moment: Moment) -> list[CallerAction]:
        """The connection is there, and can be used at once."""
        self.state = State.OPEN
        return [Opened()]

    def received(self, raw: str | bytes, moment: Moment) -> list[CallerAction]:
        """A message has come."""
        return [Came(raw)] if self.state is State.OPEN else []

    def invoke(self, data_json: str, moment: Moment) -> list[CallerAction]:
        """Sends a text."""
        return [Send(data_json)] if self.state is State.OPEN else []

    def answer(self, number: str, data_json: str, moment: Moment) -> list[CallerAction]:
        """There is nothing that would have to be answered."""
        return []

    def gave_up(self, number: str) -> None:
        """Nobody waits for anything."""

    def pinged(self, now: float) -> None:
        """The server is there."""

    def pong(self) -> None:
        """The server has answered a ping."""
        self._alive.pong()

    def tick(self, moment: Moment, is_heard: bool = True) -> list[CallerAction]:
        """``due`` has come; ``is_heard`` is whether an answer to the last ping would have been read."""
        if self.state is State.CLOSED:
            return []
        if self._alive.tick(moment.now, is_heard):
            return [Ping()]
        if not self._alive.is_over:
            return []
        self.closed()
        return [Close(UNANSWERED, "", f"It did not answer {self._terms.pings_missed_threshold} pings in a row")]

    def closed(self) -> None:
        """The connection is gone, or being closed."""
        self.state = State.CLOSED
