"""PURE  How fast each address may send: a bucket of a second's messages, which fills up all the time."""

BURST = 1.0  # seconds whose messages may come at once


class Pace:
    """The buckets of all addresses of a channel; times are seconds of one clock."""

    __slots__ = ("_next", "_step")

    def __init__(self, per_second: float) -> None:
        self._step = 1 / per_second
        self._next: dict[str, float] = {}

    def delay(self, address: str, now: float) -> float:
        """Counts a message; how long the next one has to wait."""
        due = max(self._next.get(address, 0.0), now - BURST) + self._step
        self._next[address] = due
        return max(0.0, due - now)

    def forget(self, address: str) -> None:
        """Nobody of this address is connected any longer."""
        self._next.pop(address, None)
