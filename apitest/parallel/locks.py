"""What may run beside what runs already: ``@lock`` keeps those of one name apart, ``@serial`` all."""

from apitest.parallel.units import Keep


class Locks:
    """The locks that are held by what runs."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._running = 0
        self._serial = False

    def admits(self, keep: Keep) -> bool:
        """Whether something that keeps others from running may start now."""
        if self._serial or (keep.serial and self._running):
            return False
        return not keep.locks & self._held

    def start(self, keep: Keep) -> None:
        """It starts; only what is admitted may.

        Raises:
            ValueError: it is not.
        """
        if not self.admits(keep):
            raise ValueError(f"{keep} may not start beside {self._running} others that hold {sorted(self._held)}")
        self._held |= keep.locks
        self._running += 1
        self._serial = keep.serial

    def end(self, keep: Keep) -> None:
        """It has ended: what it kept from running may start."""
        self._held -= keep.locks
        self._running -= 1
        self._serial = False
