"""PURE  What is kept of a service's calls: the last minutes, hours, days, months and years, each a ring of buckets."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from apitest_server.statistics.bucket import Bucket, merged
from apitest_server.statistics.periods import PERIODS, Period

_KEPT = [kind for kind in PERIODS.values() if kind.kept]  # The finest first


class Ring:
    """The buckets of the last periods of a kind, each in the slot that its number falls to."""

    def __init__(self, kind: Period) -> None:
        self.kind = kind
        self._slots: dict[int, tuple[int, Bucket]] = {}

    def at(self, number: int) -> Bucket | None:
        """The bucket of a period; a new one takes the slot of an older one. ``None`` for one that is too old."""
        slot = number % self.kind.kept
        taken = self._slots.get(slot)
        if taken is None or taken[0] < number:
            taken = self._slots[slot] = (number, Bucket())
        return taken[1] if taken[0] == number else None

    def find(self, number: int) -> Bucket | None:
        """The bucket of a period; ``None`` where there were no calls, or they are forgotten."""
        taken = self._slots.get(number % self.kind.kept)
        return taken[1] if taken and taken[0] == number else None

    def forget(self, start: datetime, stop: datetime, now: datetime) -> list[int]:
        """Forgets the periods that lie in a stretch of time, the present one up to now; returns their numbers."""
        kind = self.kind
        found = [
            number for number, _ in self if start <= kind.start(number) and min(kind.start(number + 1), now) <= stop
        ]
        for number in found:
            del self._slots[number % kind.kept]
        return found

    def __iter__(self) -> Iterator[tuple[int, Bucket]]:
        """Numbers and buckets, the oldest first."""
        return iter(sorted(self._slots.values(), key=lambda item: item[0]))


class History:
    """The calls of one service.

    Attributes:
        rings: by the period's name.
    """

    def __init__(self) -> None:
        self.rings = {kind.name: Ring(kind) for kind in _KEPT}

    def merge(self, moment: datetime, calls: Bucket) -> list[tuple[str, int]]:
        """Takes in calls of a moment; returns the periods (name and number) that have changed."""
        changed = []
        for ring in self.rings.values():
            number = ring.kind.number(moment)
            bucket = ring.at(number)
            if bucket is not None:
                bucket.merge(calls)
                changed.append((ring.kind.name, number))
        return changed

    def by_period(self, kind: Period, start: datetime, stop: datetime) -> list[tuple[datetime, Bucket]]:
        """The periods of a kind with calls in them that begin from ``start`` on and before ``stop``."""
        if not kind.kept:
            return self._by_week(kind, start, stop)
        ring = self.rings[kind.name]
        found = [(kind.start(number), bucket) for number, bucket in ring]
        return [(moment, bucket) for moment, bucket in found if start <= moment < stop]

    def between(self, start: datetime, stop: datetime, now: datetime) -> Bucket:
        """The calls of a stretch of time, as exactly as what is kept of it allows: in minutes, hours, days or months.

        Whole periods are taken, that of the start included.
        """
        kind = next((kind for kind in _KEPT if kind.number(start) > kind.number(now) - kind.kept), _KEPT[-1])
        begin = kind.start(kind.number(start))
        return merged(bucket for _, bucket in self.by_period(kind, begin, stop))

    def forget(self, start: datetime, stop: datetime, now: datetime) -> list[tuple[str, int]]:
        """Forgets the periods that lie in a stretch of time; returns their names and numbers.

        Longer ones that lie in it in part stay as they are: what they are made of is not known any longer.
        """
        return [(name, number) for name, ring in self.rings.items() for number in ring.forget(start, stop, now)]

    def _by_week(self, kind: Period, start: datetime, stop: datetime) -> list[tuple[datetime, Bucket]]:
        days = self.by_period(PERIODS["day"], start - timedelta(days=6), stop + timedelta(days=7))
        weeks: dict[int, Bucket] = {}
        for moment, bucket in days:
            weeks.setdefault(kind.number(moment), Bucket()).merge(bucket)
        found = [(kind.start(number), bucket) for number, bucket in sorted(weeks.items())]
        return [(moment, bucket) for moment, bucket in found if start <= moment < stop]
