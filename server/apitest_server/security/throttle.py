"""PURE  Slower and slower: how long a caller has to wait before the next attempt, after how many that failed."""

from collections import OrderedDict
from collections.abc import Hashable
from hashlib import blake2b
from ipaddress import ip_address

FREE = 5  # Attempts that may fail before there is any wait: people mistype
FREE_OF_A_PLACE = 50  # Of all users of an address together: many people may share one
FIRST = 0.1
LONGEST = 10.0
FORGOTTEN_AFTER = 900.0
SIZE = 10_000


class Throttle:
    """Failures by caller, in bounded memory; all times are seconds of one clock.

    After ``free`` failures in a row an attempt has to wait ``FIRST`` seconds, and twice as long after each further
    one, up to ``LONGEST``. A success, or ``FORGOTTEN_AFTER`` seconds without an attempt, clears the record. Of more
    than ``size`` callers those are forgotten that failed the longest ago.
    """

    def __init__(self, size: int = SIZE, free: int = FREE) -> None:
        self._failures: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()
        self._size = size
        self._free = free

    def __len__(self) -> int:
        return len(self._failures)

    def delay(self, caller: Hashable, now: float) -> float:
        """How long the caller's next attempt has to wait."""
        count, last = self._failures.get(caller, (0, now))
        if now - last > FORGOTTEN_AFTER:
            del self._failures[caller]
            return 0.0
        if count < self._free:
            return 0.0
        return float(min(LONGEST, FIRST * 2 ** min(count - self._free, 30)))

    def failed(self, caller: Hashable, now: float) -> None:
        """Takes note of an attempt that failed."""
        count, _ = self._failures.pop(caller, (0, now))
        self._failures[caller] = (count + 1, now)
        if len(self._failures) > self._size:
            self._failures.popitem(last=False)

    def succeeded(self, caller: Hashable) -> None:
        """Clears the caller's record."""
        self._failures.pop(caller, None)


def name_of(*parts: str) -> bytes:
    """A caller in 16 bytes, however long the names are that it gives."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def place_of(address: str) -> str:
    """What one caller can choose addresses from: an IPv4 address, or a /64 network of IPv6."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else found.exploded[:19]
