"""What is handed out next: what is urgent, then the longest, with locks before without, what is serial at the end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from math import floor, log

from apitest.parallel.locks import Locks
from apitest.parallel.units import Keep, Unit

_SHARE = 4  # a batch is at most this part of what a worker would have left to do
_ALIKE = 1.5  # what takes up to so many times as long as another is as good to start with
_AHEAD = 100  # units among which one is looked for that suits a worker best


class Queue:
    """Units that wait for a worker.

    Args:
        units: all of them; the order is what they are handed out in if `ordered`.
        workers: how many take from it.
        ordered: keep the order of the units, instead of the longest first.
    """

    def __init__(self, units: Iterable[Unit], workers: int, ordered: bool = False) -> None:
        units = list(units)
        self._locks = Locks()
        self._begun: set[str] = set()
        self._classes = {unit.position: (unit.urgent, _class(unit.seconds)) for unit in units}
        self._ordered = ordered
        self._workers = workers
        self._waiting = units if ordered else _longest_first(units)
        self._waiting.sort(key=lambda unit: unit.keep.serial)  # which is stable
        self._seconds = sum(unit.seconds for unit in units)

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, last: str = "") -> tuple[Unit, ...]:
        """The units that a worker runs next, all of one file; empty if nothing may run now.

        A batch is short where little is left, so that no worker goes on for long when the others have ended.

        Args:
            last: the file that the worker has had last: it need not be read again.
        """
        index = next((i for i, unit in enumerate(self._waiting) if self._locks.admits(unit.keep)), None)
        if index is None:
            return ()
        index = self._suiting(index, last)
        batch = [self._waiting[index]]
        if batch[0].line and batch[0].keep == Keep():
            most = max(1, len(self._waiting) // (self._workers * _SHARE))
            room = self._seconds / (self._workers * _SHARE) - batch[0].seconds
            for unit in self._waiting[index + 1 : index + most]:
                room -= unit.seconds
                if unit.file != batch[0].file or unit.keep != Keep() or room < 0:
                    break
                batch.append(unit)
        del self._waiting[index : index + len(batch)]
        self._seconds -= sum(unit.seconds for unit in batch)
        self._locks.start(batch[0].keep)
        self._begun.add(batch[0].file)
        return tuple(batch)

    def _suiting(self, first: int, last: str) -> int:
        """Which unit suits a worker best of those as good as the first that may run: of its file, else of a new one."""
        unit = self._waiting[first]
        if self._ordered or not unit.line or unit.keep != Keep() or unit.file == last:
            return first
        fresh, wanted = None, self._classes[unit.position]
        for index, other in enumerate(islice(self._waiting, first, first + _AHEAD), first):
            if self._classes[other.position] == wanted and other.keep == Keep():
                if other.file == last:
                    return index
                if fresh is None and other.file not in self._begun:
                    fresh = index
        return first if fresh is None else fresh

    def done(self, batch: Sequence[Unit]) -> None:
        """A batch that was taken is over, whatever came of it."""
        self._locks.end(batch[0].keep)

    def put_back(self, batch: Sequence[Unit]) -> None:
        """What was taken and is over did not run, or not to its end: it comes next."""
        self._waiting[:0] = batch
        self._waiting.sort(key=lambda unit: unit.keep.serial)
        self._seconds += sum(unit.seconds for unit in batch)


def _longest_first(units: list[Unit]) -> list[Unit]:
    """What takes longest first: a unit with a lock takes as long as all that have the lock, one after another.

    Units of one file that are alike stay together, so that they make a batch.
    """
    chains: dict[str, float] = defaultdict(float)
    for unit in units:
        for lock in unit.keep.locks:
            chains[lock] += unit.seconds
    weight = {unit: max([unit.seconds, *(chains[lock] for lock in unit.keep.locks)]) for unit in units}
    return sorted(units, key=lambda unit: (not unit.urgent, -_class(weight[unit]), unit.position))


def _class(seconds: float) -> int:
    """The same number for what takes about as long; a higher one for what takes longer."""
    return floor(log(max(seconds, 0.001), _ALIKE))
