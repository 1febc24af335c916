"""PURE  Which files of a directory have come to rest: two looks in a row have seen the same of them."""

from collections.abc import Mapping

Stamp = tuple[object, ...]  # What is seen of a file that changes while it is being written: its size, its times


class Watch:
    """What the last look has seen."""

    def __init__(self) -> None:
        self._last: Mapping[str, Stamp] = {}

    def rested(self, seen: Mapping[str, Stamp]) -> list[str]:
        """The names of those that are as they were at the last look, sorted.

        Args:
            seen: what there is now, by name.
        """
        before, self._last = self._last, seen
        return sorted(name for name, stamp in seen.items() if before.get(name) == stamp)
