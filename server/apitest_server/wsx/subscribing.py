"""Which of the servers of an ODB subscribes to other clusters' topics: one of them, so that each message comes once."""

import asyncio
from collections.abc import Callable, Mapping
from contextvars import Context

from apitest_server.cluster.bus import Bus

SUBJECT = "outgoing.wsx.subscribes"
_LOOK = 0.02  # seconds until the bus is asked again whether it is up
_MOST = 250  # times; a server whose bus does not come up takes itself for alone


class Subscribing:
    """Whether this server does it: the one whose run has the first ID of all.

    Attributes:
        is_ours: whether it does; ``None`` while it is not known who else there is.
    """

    def __init__(self, bus: Bus, changed: Callable[[bool], None]) -> None:
        """Takes the bus, and what is called with the answer on the event loop, again whenever it may have changed."""
        self.is_ours: bool | None = None
        self._bus = bus
        self._changed = changed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._looks = 0
        bus.hear(SUBJECT, self._heard)
        bus.gone(self._gone)
        bus.missed(self._look_again)

    def start(self) -> None:
        """Finds out, on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._look()

    def close(self) -> None:
        """The server ends."""
        self._loop = None
        if self._timer is not None:
            self._timer.cancel()

    def _heard(self, data: Mapping[str, object]) -> None:
        self._look_again()

    def _gone(self, run_id: str) -> None:
        self._look_again()

    def _look_again(self) -> None:
        """Called in a thread of the bus."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._look, context=Context())

    def _look(self) -> None:
        if self._loop is None:
            return
        self._looks += 1
        if not self._bus.is_up and self.is_ours is None and self._looks < _MOST:
            self._timer = self._loop.call_later(_LOOK, self._look)
            return
        was_ours, self.is_ours = self.is_ours, all(self._bus.run_id < peer.id for peer in self._bus.peers())
        if self.is_ours and not was_ours:
            self._bus.tell(SUBJECT, {"run": self._bus.run_id})  # Who did it before leaves it
        self._changed(self.is_ours)
