"""An open WebSocket: a thread takes in what comes, so that pings are answered whatever a scenario is doing.

This module imports websocket-client, which only the first WebSocket of a run does.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Condition, Lock, Thread
from time import monotonic
from typing import ClassVar

from websocket import ABNF

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket import errors as websocket_errors
from apitest.clients.websocket.answering import Responder
from apitest.clients.websocket.frames import OPCODES, Came, Frames, close_body, closing_of
from apitest.clients.websocket.handshake import Handshake
from apitest.clients.websocket.log import Log
from apitest.clients.websocket.stream import Deadline, Stream
from apitest.clients.websocket.types import (
    BINARY,
    CLIENT,
    CLOSE,
    NO_CLOSE_FRAME,
    NOBODY,
    NORMAL,
    PING,
    PONG,
    SERVER,
    TEXT,
    Closing,
    Message,
)
from apitest.errors import ApitestError, BadValue, CheckFailed

CLOSING_SECONDS = 2.0  # that the other end has to answer a Close frame
_PONGS = 500  # that are remembered
_OVERHEAD = 500  # bytes that a message takes beside its own


class WebSocketConnection:
    """A connection, open until one end closes it.

    Args:
        name: what sentences call it.
        url: as it may be shown.
        stream: after the handshake.
        handshake: what was asked and answered.
        size: bytes that a message may have.
        kept: bytes that all messages may have together.
        answers_pings: whether pings are answered.
        seconds: the time for one answer to a ping.

    Attributes:
        messages: all that came, the oldest first; only ever appended to.
        pings: how many came.
        closing: how it ended; None while it is open.
        log: what went over it.
        responders: are asked for an answer to each message, in the thread that takes in what comes; the first answers.
    """

    def __init__(
        self,
        name: str,
        url: str,
        stream: Stream,
        handshake: Handshake,
        *,
        size: int,
        kept: int,
        answers_pings: bool = True,
        seconds: float = CLOSING_SECONDS,
    ) -> None:
        self.name = name
        self.url = url
        self.handshake = handshake
        self.messages: list[Message] = []
        self.pings = 0
        self.closing: Closing | None = None
        self.log = Log()
        self.responders: list[Responder] = []
        self._stream = stream
        self._frames = Frames(self._receive, size)
        self._left = kept
        self._answers_pings = answers_pings
        self._seconds = seconds
        self._pongs: deque[bytes] = deque(maxlen=_PONGS)
        self._pings_taken = 0
        self._taken = 0  # so many of the oldest messages were taken
        self._asked: Closing | None = None
        self._failure: Exception | None = None
        self._changed = Condition()
        self._sending = Lock()
        stream.reading = Deadline(None)
        self._thread = Thread(target=self._take_in, name=f"WebSocket {name}", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ what steps ask for

    def send(self, kind: str, data: bytes, seconds: float) -> None:
        """Sends a message, "text" or "binary", or a ping or pong.

        Raises:
            BadValue: the test closed the connection before.
            CheckFailed: the server did.
            TimedOut: the server does not take it in time.
            Unreachable: the connection broke.
        """
        if self.closing or self._asked:
            raise self.ended()
        try:
            self._send(kind, data, seconds)
        except Exception as error:
            if isinstance(error, ConnectionError) and self.wait_for_end(seconds):
                raise self.ended() from None  # what the other end said before it went
            self._fail(error)
            raise websocket_errors.translate(error, self._attempt(seconds)) from None

    def take(self, is_meant: Callable[[Message], bool], seconds: float) -> Message | None:
        """As `find`; a message that was taken is not found again."""
        message = self.find(is_meant, seconds)
        if message is not None:
            message.taken = True
        return message

    def find(self, is_meant: Callable[[Message], bool], seconds: float) -> Message | None:
        """The first message that is meant and was not taken; waits for it; None if none comes in time.

        Raises:
            ApitestError: there is none, and none can come any more.
        """
        while self._taken < len(self.messages) and self.messages[self._taken].taken:
            self._taken += 1
        looked_at = self._taken
        deadline = monotonic() + seconds
        with self._changed:
            while True:
                found = (each for each in self.messages[looked_at:] if not each.taken and is_meant(each))
                message = next(found, None)
                if message is not None:
                    return message
                looked_at = len(self.messages)
                if self.closing:
                    raise self.ended()
                left = deadline - monotonic()
                if left <= 0 or not self._changed.wait_for(partial(self._moved, looked_at), left):
                    return None

    def _moved(self, looked_at: int) -> bool:
        return len(self.messages) > looked_at or self.closing is not None

    def wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Waits until something holds of the connection, or until it has ended; whether it holds."""
        with self._changed:
            self._changed.wait_for(lambda: condition() or self.closing is not None, seconds)
            return condition()

    def wait_for_end(self, seconds: float) -> bool:
        """Waits until either end has closed it, or it broke; whether that is so."""
        self.wait(lambda: False, seconds)
        return self.closing is not None

    def take_ping(self, seconds: float) -> bool:
        """Waits for a ping that was not taken before, and takes it; whether one came."""
        came = self.wait(lambda: self.pings > self._pings_taken, seconds)
        self._pings_taken += came
        return came

    def pong(self, data: bytes, seconds: float) -> bool:
        """Waits for the answer to a ping with these bytes."""
        return self.wait(lambda: data in self._pongs, seconds)

    def close(self, code: int = NORMAL, reason: str = "", seconds: float = CLOSING_SECONDS) -> None:
        """Closes it, and waits a while for the other end to do so; without effect on one that has ended."""
        if self.closing is None:
            self._asked = Closing(CLIENT, code, reason)
            with suppress(OSError):
                self._send(CLOSE, close_body(code, reason), seconds)
            self.wait_for_end(seconds)
        self._stream.shutdown()
        self._thread.join()
        self._stream.close()

    @property
    def where(self) -> str:
        """What errors name it."""
        return f'WebSocket "{self.name}", {self.url}'

    def ended(self) -> ApitestError:
        """Why nothing can be sent or come any more."""
        if self._failure is not None:
            return websocket_errors.translate(self._failure, self._attempt(self._seconds))
        closing = self.closing or self._asked
        fix = "Connect again, or close it later"
        kind = BadValue if closing and closing.by == CLIENT else CheckFailed
        return kind(f'WebSocket "{self.name}" is closed: {closing}', self.url, fix if kind is BadValue else "")

    def check_open(self) -> None:
        """That nothing has ended it.

        Raises:
            CheckFailed: one end has closed it, or it broke.
        """
        if self.closing is not None:
            ended = self.ended()
            raise CheckFailed(ended.problem, ended.where)

    def _attempt(self, seconds: float) -> websocket_errors.Attempt:
        return websocket_errors.Attempt(self.where, self.url, seconds)

    # ------------------------------------------------------------------ both directions

    def _send(self, kind: str, data: bytes, seconds: float) -> None:
        frame = memoryview(ABNF.create_frame(data, OPCODES[kind]).format())
        with self._sending:
            self._stream.writing = Deadline(seconds)
            self.log.add("sent", kind, data)
            while frame:
                frame = frame[self._stream.send(frame) :]

    def _receive(self, size: int) -> bytes:
        data = self._stream.recv(size)
        if not data:
            raise EOFError
        return data

    # ------------------------------------------------------------------ the thread that takes in what comes

    def _take_in(self) -> None:
        try:
            while self.closing is None:
                came = self._frames.next()
                self.log.add("received", came.kind, came.body)
                self._takers[came.kind](self, came)
        except (EOFError, ConnectionError):
            self._end(self._asked or Closing(NOBODY, NO_CLOSE_FRAME))
        except Exception as error:
            self._fail(error)

    def _take_message(self, came: Came) -> None:
        message = Message(came.kind, came.body, self.log.seconds())
        self._left -= len(came.body) + _OVERHEAD
        if self._left < 0:
            raise TooLarge(f"{len(self.messages) + 1:,} messages, more than can be kept")
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()
        answer = next(filter(None, (respond(message) for respond in self.responders)), None)
        if answer is not None:
            self._send(TEXT, answer.encode(), self._seconds)

    def _take_ping(self, came: Came) -> None:
        if self._answers_pings and self._asked is None:
            self._send(PONG, came.body, self._seconds)
        with self._changed:
            self.pings += 1
            self._changed.notify_all()

    def _take_pong(self, came: Came) -> None:
        with self._changed:
            self._pongs.append(came.body)
            self._changed.notify_all()

    def _take_close(self, came: Came) -> None:
        code, reason = closing_of(came.body)
        if self._asked is None:
            with suppress(OSError):
                self._send(CLOSE, came.body[:2], self._seconds)
        self._end(self._asked or Closing(SERVER, code, reason))

    _takers: ClassVar[dict[str, Callable[["WebSocketConnection", Came], None]]] = {
        TEXT: _take_message,
        BINARY: _take_message,
        PING: _take_ping,
        PONG: _take_pong,
        CLOSE: _take_close,
    }

    def _fail(self, error: Exception) -> None:
        """What came cannot be used, or nothing can be sent: tells the other end why, and ends."""
        code = websocket_errors.close_code(error)
        if self._failure is None:
            self._failure = error
        if code is not None:
            with suppress(OSError):
                self._send(CLOSE, close_body(code, ""), self._seconds)
        self._end(Closing(CLIENT, code, "") if code is not None else Closing(NOBODY, NO_CLOSE_FRAME))

    def _end(self, closing: Closing) -> None:
        with self._changed:
            self.closing = self.closing or closing
            self._changed.notify_all()
        self._stream.shutdown()
