"""What comes over a WebSocket: messages, and how a connection was closed."""

from typing import NamedTuple

from apitest.clients.response import Answer

TEXT, BINARY, PING, PONG, CLOSE = "text", "binary", "ping", "pong", "close"

SERVER, CLIENT, NOBODY = "server", "client", "nobody"

# RFC 6455, 7.4.1: what stands for a code where a Close frame has none, and where there is no Close frame.
NO_CODE, NO_CLOSE_FRAME = 1005, 1006
NORMAL, PROTOCOL_ERROR, NOT_UTF8, TOO_LARGE = 1000, 1002, 1007, 1009


class Message(Answer):
    """A message that came; it is text, JSON or XML, whichever a check looks for.

    Attributes:
        data: the text, or the bytes of a binary message.
        type: "text" or "binary".
        seconds: since the connection was opened.
        taken: whether a step received it.
    """

    noun = "message"
    as_text = 'To check it as text: the message\'s text is "…", the message\'s text contains "…"'

    type: str
    seconds: float
    taken: bool

    def __init__(self, kind: str, body: bytes, seconds: float) -> None:
        super().__init__(body if kind == BINARY else body.decode("utf-8"), body, "JSON", "utf-8")
        self.__dict__.update(type=kind, seconds=seconds, taken=False)

    def described(self) -> str:
        """Its type and its size."""
        size = len(self.body)
        return f"the {self.type} message, {size:,} {'byte' if size == 1 else 'bytes'}"


class Closing(NamedTuple):
    """How a connection came to its end.

    Attributes:
        by: "server" or "client", whoever sent the first Close frame; "nobody" where the connection broke.
        code: of the Close frame; 1005 where it has none, 1006 where there was no Close frame.
        reason: likewise; mostly empty.
    """

    by: str
    code: int
    reason: str = ""

    def __str__(self) -> str:
        if self.by == NOBODY:
            return "the connection was lost, without a Close frame"
        if self.by == CLIENT:
            return f"it was closed by this test, {self.told()}"
        return f"the server closed it, {self.told()}"

    def told(self) -> str:
        """The code and the reason."""
        if self.code == NO_CODE:
            return "without a code"
        return f"code {self.code}{f' ({self.reason})' if self.reason else ''}"
