"""Which server a subscriber is attached to: of several the newest has it, whoever hears of it first."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import convert

from apitest_server.cluster.bus import Bus

ATTACHED = "pubsub.attached"  # An ``Attached`` of the server that tells this
DETACHED = "pubsub.detached"  # What it was, when the subscriber has left
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

    def __init__(
        self,
        bus: Bus,
        later: Callable[[Callable[[], None]], None],
        lost: Callable[[str], None],
        free: Callable[[str], None],
    ) -> None:
        """Listens.

        Args:
            bus: to the other servers.
            later: calls a function on the event loop.
            lost: called with the key of a subscription that another server has taken over.
            free: called with the key of one whose subscriber has left another server, or that server is gone.
        """
        self._bus = bus
        self._lost = lost
        self._free = free
        self._newest: dict[str, Attached] = {}
        self._left: dict[str, Attached] = {}
        bus.hear(ATTACHED, lambda data: later(lambda: self._hear(_told(data))))
        bus.hear(DETACHED, lambda data: later(lambda: self._hear_of_leaving(_told(data))))
        bus.missed(lambda: later(self._tell_all))
        bus.gone(lambda run: later(lambda: self._hear_of_death(run)))

    def attach(self, sub_key: str) -> None:
        """A subscriber is attached to this server from now on."""
        known = self._newest.get(sub_key)
        since = max(self._bus.now(), known.since + _LATER) if known else self._bus.now()
        newest = self._newest[sub_key] = Attached(since, self._bus.run_id, sub_key)
        self._bus.tell(ATTACHED, newest._asdict())

    def detach(self, sub_key: str) -> None:
        """A subscriber that was attached to this server has left, and is attached to none."""
        known = self._newest.get(sub_key)
        if known is not None and known.run == self._bus.run_id:
            self._left[sub_key] = known
            self._bus.tell(DETACHED, known._asdict())

    def get(self, sub_key: str) -> Attached | None:
        """Where a subscriber is, unless it has left since; a server may have died meanwhile."""
        found = self._newest.get(sub_key)
        return None if found == self._left.get(sub_key) else found

    def forget(self, sub_key: str) -> None:
        """A subscription has ended."""
        self._newest.pop(sub_key, None)
        self._left.pop(sub_key, None)

    def _hear(self, told: Attached) -> None:
        known = self._newest.get(told.sub_key)
        if known is None or told > known:
            self._newest[told.sub_key] = told
            self._lost(told.sub_key)

    def _hear_of_leaving(self, told: Attached) -> None:
        if self._newest.get(told.sub_key) == told:  # Else it came to another server before it left that one
            self._left[told.sub_key] = told
            self._free(told.sub_key)

    def _hear_of_death(self, run: str) -> None:
        for sub_key, known in list(self._newest.items()):
            if known.run == run and known != self._left.get(sub_key):
                self._free(sub_key)

    def _tell_all(self) -> None:
        """Others have come, or may have missed something."""
        for sub_key, known in self._newest.items():
            if known.run == self._bus.run_id and known != self._left.get(sub_key):
                self._bus.tell(ATTACHED, known._asdict())


def _told(data: Mapping[str, object]) -> Attached:
    return convert([data["since"], data["run"], data["sub_key"]], Attached)
