"""Which server a subscriber is attached to: of several the newest has it, whoever hears of it first."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import convert

from apitest_server.cluster.bus import Bus

ATTACHED = "pubsub.attached"  # An ``Attached`` of the server that tells this
_LATER = 0.000_001  # seconds; who knows of another one is later, whatever the clocks say


class Attached(NamedTuple):
    """A subscriber is attached to a server.

    Attributes:
        since: in seconds since 1970.
        run: of the server; of two at the same moment the greater one counts.
        sub_key: of the subscription.
    """

    since: float
    run: str
    sub_key: str


class Whereabouts:
    """As far as one server knows, on its event loop."""

    def __init__(self, bus: Bus, later: Callable[[Callable[[], None]], None], lost: Callable[[str], None]) -> None:
        """Listens.

        Args:
            bus: to the other servers.
            later: calls a function on the event loop.
            lost: called with the key of a subscription that another server has taken over.
        """
        self._bus = bus
        self._lost = lost
        self._newest: dict[str, Attached] = {}
        bus.hear(ATTACHED, lambda data: later(lambda: self._hear(data)))

    def attach(self, sub_key: str) -> None:
        """A subscriber is attached to this server from now on."""
        known = self._newest.get(sub_key)
        since = max(self._bus.now(), known.since + _LATER) if known else self._bus.now()
        newest = self._newest[sub_key] = Attached(since, self._bus.run_id, sub_key)
        self._bus.tell(ATTACHED, newest._asdict())

    def get(self, sub_key: str) -> Attached | None:
        """The newest that is known of a subscriber; it may have gone meanwhile."""
        return self._newest.get(sub_key)

    def forget(self, sub_key: str) -> None:
        """A subscription has ended."""
        self._newest.pop(sub_key, None)

    def _hear(self, data: Mapping[str, object]) -> None:
        told = convert([data["since"], data["run"], data["sub_key"]], Attached)
        known = self._newest.get(told.sub_key)
        if known is None or told > known:
            self._newest[told.sub_key] = told
            self._lost(told.sub_key)
