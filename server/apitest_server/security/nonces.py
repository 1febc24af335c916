"""Nonces that have been used: each is good once. All servers of an ODB tell each other."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST = 100_000


def _nobody(nonce: str, until: float) -> None:
    """Is told nothing: there are no others."""


class Nonces:
    """Nonces, until nothing that has them would be accepted any longer; times are in seconds since 1970.

    Attributes:
        used: is told of each nonce that was used here, and until when it is kept.
    """

    def __init__(self, most: int = MOST) -> None:
        """Of more nonces than ``most`` the oldest are forgotten."""
        self.used: Callable[[str, float], None] = _nobody
        self._until: OrderedDict[str, float] = OrderedDict()
        self._most = most
        self._lock = Lock()  # Other servers are heard in another thread

    def take(self, nonce: str, until: float, now: float) -> bool:
        """Whether nobody has used a nonce so far; from now on somebody has."""
        with self._lock:
            if self._until.get(nonce, 0.0) > now:
                return False
            self._put(nonce, until, now)
        self.used(nonce, until)
        return True

    def put(self, nonce: str, until: float, now: float) -> None:
        """Takes note that somebody has used it."""
        with self._lock:
            self._put(nonce, until, now)

    def _put(self, nonce: str, until: float, now: float) -> None:
        self._until[nonce] = until
        while self._until and (len(self._until) > self._most or next(iter(self._until.values())) <= now):
            self._until.popitem(last=False)
