"""What talks through a WebSocket, and within which bounds."""

from typing import NamedTuple, Protocol


class Endpoint(Protocol):
    """What talks through a WebSocket. All calls come on the event loop."""

    def opened(self) -> None:
        """The handshake is over."""

    def received(self, message: str | bytes) -> None:
        """A whole message came."""

    def not_utf8(self) -> None:
        """A text came that is not UTF-8: the WebSocket is closed for that after this call."""

    def pong(self) -> None:
        """A pong came."""

    def leave(self) -> None:
        """The server stops: close once what is under way is done."""

    def closing(self) -> None:
        """Nothing more can be sent: one side closes it. May be called more than once; ``lost`` is, in the end."""

    def lost(self, why: str) -> None:
        """The connection is gone."""


class Bounds(NamedTuple):
    """What a client can make the server keep.

    Attributes:
        message: bytes of the largest message that is taken.
        unsent: bytes that may wait, because the client does not read, when the next message is sent.
        write_timeout: seconds that the client may go without reading when something waits.
        is_compressing: whether clients may compress what they send.
        origins: values of the header ``Origin`` that are accepted; any if there are none.
    """

    message: int
    unsent: int
    write_timeout: float
    is_compressing: bool = False
    origins: tuple[str, ...] = ()


class Refusal(NamedTuple):
    """Why a handshake is refused: an HTTP status, and a sentence for the client."""

    status: int
    text: str
