"""Statistics of all services: fed by an observer that costs next to nothing, asked by services.

The observer only notes what happened. The notes are added up when there are some hundred of them, or when someone asks.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import RLock
from typing import Any, NamedTuple

from apitest_server.invoke.observed import Call
from apitest_server.statistics.bucket import Bucket, merged, restored
from apitest_server.statistics.history import History
from apitest_server.statistics.periods import PERIODS, Period, around, period

_NOTES = 256
_MINUTE = 60


class Row(NamedTuple):
    """One bucket as it is stored: ``figures`` is what ``Bucket.stored`` gives."""

    service: str
    period: str
    number: int
    figures: dict[str, Any]


class Collector:
    """The figures of each service.

    Attributes:
        calls: of all services since the server started, as far as they are added up.
        errors: those of them that failed.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Takes the clock: seconds since 1970."""
        self.clock = clock
        self.calls = self.errors = 0
        self._notes: deque[tuple[str, float, float, bool]] = deque()
        self._histories: dict[str, History] = {}
        self._changed: set[tuple[str, str, int]] = set()
        self._lock = RLock()

    def __call__(self, call: Call) -> None:
        """Notes a call; an observer of the invoker."""
        notes = self._notes
        notes.append((call.name, self.clock(), call.seconds, call.error is not None))
        if len(notes) >= _NOTES:
            self.add_up()

    def add_up(self) -> None:
        """Turns the notes into figures."""
        with self._lock:
            fresh: dict[tuple[str, int], Bucket] = {}
            while self._notes:
                name, moment, seconds, failed = self._notes.popleft()
                self.calls += 1
                self.errors += failed
                key = name, int(moment // _MINUTE)
                bucket = fresh.get(key)
                if bucket is None:
                    bucket = fresh[key] = Bucket()
                bucket.add(seconds, failed)
            for (name, minute), bucket in fresh.items():
                history = self._histories.setdefault(name, History())
                changed = history.merge(PERIODS["minute"].start(minute), bucket)
                self._changed.update((name, kind, number) for kind, number in changed)

    def now(self) -> datetime:
        """By the clock, in UTC."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def by_period(self, name: str, start: datetime, stop: datetime, service: str = "") -> list[dict[str, Any]]:
        """A row for each period of a kind that had calls: of one service, or of all of them together."""
        kind = period(name)
        with self._lock:
            self.add_up()
            rows: dict[datetime, Bucket] = {}
            for history in self._chosen(service):
                for moment, bucket in history.by_period(kind, start, stop):
                    rows.setdefault(moment, Bucket()).merge(bucket)
        return [
            {"start": moment, "stop": _end(kind, moment), **bucket.shown(_length(kind, moment))}
            for moment, bucket in sorted(rows.items())
        ]

    def period_around(self, name: str, moment: datetime | None = None) -> tuple[datetime, datetime]:
        """When the period of a kind begins and ends that a moment, or now, belongs to."""
        return around(period(name), moment or self.now())

    def by_service(self, start: datetime, stop: datetime) -> list[dict[str, Any]]:
        """A row for each service that had calls in a stretch of time, by name; ``share`` is its part of all calls."""
        found = self._between(start, stop)
        everything = merged(found.values())
        seconds = max(1.0, (min(stop, self.now()) - start).total_seconds())
        return [
            {"service": name, **bucket.shown(seconds), **_shares(bucket, everything)}
            for name, bucket in sorted(found.items())
        ]

    def whole(self, start: datetime, stop: datetime, service: str = "") -> dict[str, Any]:
        """The figures of a stretch of time: of one service, or of all of them together."""
        found = self._between(start, stop)
        chosen = [bucket for name, bucket in found.items() if service in ("", name)]
        seconds = max(1.0, (min(stop, self.now()) - start).total_seconds())
        return merged(chosen).shown(seconds)

    def forget(self, service: str = "") -> list[str]:
        """Forgets all figures of a service, or of all of them; returns their names."""
        with self._lock:
            self.add_up()
            names = [name for name in self._histories if service in ("", name)]
            for name in names:
                del self._histories[name]
            self._changed = {key for key in self._changed if key[0] not in names}
        return sorted(names)

    def forget_periods(self, start: datetime, stop: datetime, service: str = "") -> list[tuple[str, str, int]]:
        """Forgets the periods that lie in a stretch of time, of a service or of all of them.

        Returns:
            service, name and number of each.
        """
        now = self.now()
        with self._lock:
            self.add_up()
            chosen = {name: history for name, history in self._histories.items() if service in ("", name)}
            gone = [(name, *each) for name, history in chosen.items() for each in history.forget(start, stop, now)]
            self._changed.difference_update(gone)
        return gone

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to be stored."""
        return bool(self._notes or self._changed)

    def changes(self) -> list[Row]:
        """The rows to store: each bucket that has changed since the last call, and is still kept."""
        with self._lock:
            self.add_up()
            found = [(key, self._histories[key[0]].rings[key[1]].find(key[2])) for key in sorted(self._changed)]
            self._changed.clear()
            return [Row(*key, bucket.stored()) for key, bucket in found if bucket is not None]

    def not_stored(self, rows: Iterable[Row]) -> None:
        """Takes changes back that could not be stored."""
        with self._lock:
            self._changed.update((row.service, row.period, row.number) for row in rows)

    def restore(self, rows: Iterable[Row]) -> None:
        """Takes in what was stored."""
        with self._lock:
            for row in rows:
                ring = self._histories.setdefault(row.service, History()).rings.get(row.period)
                bucket = ring.at(row.number) if ring else None
                if bucket is not None:
                    bucket.merge(restored(row.figures))

    def _chosen(self, service: str) -> list[History]:
        return [history for name, history in self._histories.items() if service in ("", name)]

    def _between(self, start: datetime, stop: datetime) -> dict[str, Bucket]:
        now = self.now()
        with self._lock:
            self.add_up()
            found = {name: history.between(start, stop, now) for name, history in self._histories.items()}
        return {name: bucket for name, bucket in found.items() if bucket.count}


def _end(kind: Period, start: datetime) -> datetime:
    return kind.start(kind.number(start) + 1)


def _length(kind: Period, start: datetime) -> float:
    return (_end(kind, start) - start).total_seconds()


def _shares(bucket: Bucket, everything: Bucket) -> dict[str, float]:
    usage = bucket.count / everything.count
    busy = bucket.total / everything.total if everything.total else 0.0
    return {"usage_share": round(usage, 4), "time_share": round(busy, 4)}
