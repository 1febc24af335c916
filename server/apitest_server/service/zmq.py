"""PURE  What a service finds as ``self.request.zmq``, where a message of a ZeroMQ socket has called it."""

import msgspec


class ZMQMessage(msgspec.Struct, frozen=True):
    """A message of a socket, whose last frame is ``self.request.payload``.

    Attributes:
        frames: all of it; a topic, for instance, and the body.
    """

    frames: tuple[bytes, ...]

    @property
    def topic(self) -> str:
        """What the message was published under: the first of several frames; empty where there is only the body."""
        return self.frames[0].decode("utf-8", "replace") if len(self.frames) > 1 else ""
