"""PURE  Which of two changes of an entry is the later one, where servers have made them at the same time.

Each change has a number above all that its server has seen so far; of two with the same number, the one counts whose
server's ID is the larger one. So all servers keep the same one, whatever their clocks say.
"""

from collections import OrderedDict

Place = tuple[str, str | None]  # A cache and a key in it; None for all of its keys
Stamp = tuple[int, str]
_NONE: Stamp = (0, "")


class Stamps:
    """The latest change of each entry, of those that were changed last: changes pass each other within moments only."""

    def __init__(self, own: str, most: int = 10_000) -> None:
        """Takes the ID of this server, and how many entries to keep in mind."""
        self._own = own
        self._most = most
        self._highest = 0
        self._latest: OrderedDict[Place, Stamp] = OrderedDict()

    def made(self, place: Place) -> int:
        """The number of a change that is made here, now."""
        self._highest += 1
        self._note(place, (self._highest, self._own))
        return self._highest

    def is_latest(self, place: Place, stamp: Stamp) -> bool:
        """Whether a change of another server comes after all that are known of this entry; it is known from now on."""
        self._highest = max(self._highest, stamp[0])
        known = max(self._latest.get(place, _NONE), self._latest.get((place[0], None), _NONE))
        if stamp <= known:
            return False
        self._note(place, stamp)
        return True

    def _note(self, place: Place, stamp: Stamp) -> None:
        self._latest[place] = stamp
        self._latest.move_to_end(place)
        if len(self._latest) > self._most:
            self._latest.popitem(last=False)
