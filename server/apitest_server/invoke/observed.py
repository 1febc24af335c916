"""What observers of services are shown: each call once it is over."""

from typing import Protocol

import msgspec

from apitest_server.service.messages import Channel, Request, Response


class Call(msgspec.Struct):
    """One call of a service.

    Attributes:
        name: the service's.
        cid: of the call.
        channel: how the service was reached.
        request: what came in.
        response: what went out; ``None`` where the service raised.
        error: what it raised, else ``None``.
        seconds: how long it took, waiting for a thread included.
    """

    name: str
    cid: str
    channel: Channel
    request: Request
    response: Response | None = None
    error: BaseException | None = None
    seconds: float = 0.0


class Observer(Protocol):
    """Told of each call; in any thread, so it has to be quick. What it raises goes to the log."""

    def __call__(self, call: Call) -> None:
        """One call is over."""
