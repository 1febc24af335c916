"""PURE  Who is connected: how many connections there are, in all and from each address."""

from collections import Counter

RESERVE = 48  # file descriptors for everything that is not a connection: log, ODB, modules, outgoing connections


class Connections:
    """Counts connections against two limits."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self.most = most
        self.most_per_address = most_per_address
        self.count = 0
        self._by_address: Counter[str] = Counter()

    def admit(self, address: str) -> bool:
        """Counts a connection; whether it may stay. Either way, ``leave`` has to follow once it is gone."""
        self.count += 1
        self._by_address[address] += 1
        return self.count <= self.most and self._by_address[address] <= self.most_per_address

    def leave(self, address: str) -> None:
        """The connection is gone."""
        self.count -= 1
        self._by_address[address] -= 1
        if self._by_address[address] <= 0:
            del self._by_address[address]


def within(descriptors: int | None, most: int, most_per_address: int) -> tuple[int, int]:
    """Both limits, lowered to what a process can hold open.

    A single address never takes more than three quarters of it, so that there is always room for others.

    Args:
        descriptors: how many files the process may have open; ``None`` if that is not limited.
        most: connections in all.
        most_per_address: connections from one address.
    """
    if descriptors is not None:
        most = min(most, max(1, descriptors - RESERVE))
    return most, min(most_per_address, max(1, most * 3 // 4))
