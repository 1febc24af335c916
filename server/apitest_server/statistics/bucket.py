"""PURE  What is kept of the calls in a stretch of time: how many, how many failed, and how long they took."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf, log2
from typing import Any

_STEPS = 8  # A time is known to within an eighth of a doubling, so a percentile is at most 9% too high or too low
_SMALLEST = 2.0**-20  # About a microsecond


@dataclass(slots=True)
class Bucket:
    """The sum of some calls.

    Attributes:
        count: of all calls.
        errors: of those that failed.
        total: seconds that all of them took.
        least: seconds of the quickest.
        most: seconds of the slowest.
        times: how many took how long, by the step of the time.
    """

    count: int = 0
    errors: int = 0
    total: float = 0.0
    least: float = inf
    most: float = 0.0
    times: dict[int, int] = field(default_factory=dict)

    def add(self, seconds: float, failed: bool = False) -> None:
        """One more call."""
        self.count += 1
        self.errors += failed
        self.total += seconds
        if seconds < self.least:
            self.least = seconds
        if seconds > self.most:
            self.most = seconds
        step = _step(seconds)
        self.times[step] = self.times.get(step, 0) + 1

    def merge(self, other: "Bucket") -> None:
        """The calls of another bucket as well."""
        self.count += other.count
        self.errors += other.errors
        self.total += other.total
        self.least = min(self.least, other.least)
        self.most = max(self.most, other.most)
        for step, count in other.times.items():
            self.times[step] = self.times.get(step, 0) + count

    def mean(self) -> float:
        """Seconds; 0 where there were no calls."""
        return self.total / self.count if self.count else 0.0

    def percentile(self, percent: float) -> float:
        """The seconds that so many of a hundred calls took at most; 0 where there were none."""
        wanted = max(1, ceil(self.count * percent / 100))
        for step in sorted(self.times):
            wanted -= self.times[step]
            if wanted <= 0:
                return min(max(_middle(step), self.least), self.most)
        return 0.0

    def shown(self, seconds: float) -> dict[str, Any]:
        """The figures for people, times in milliseconds; ``rate`` is calls a second in a stretch of so many seconds."""
        return {
            "usage": self.count,
            "errors": self.errors,
            "rate": round(self.count / seconds, 4) if seconds else 0.0,
            "mean": _ms(self.mean()),
            "min": _ms(self.least if self.count else 0.0),
            "max": _ms(self.most),
            "p50": _ms(self.percentile(50)),
            "p95": _ms(self.percentile(95)),
            "p99": _ms(self.percentile(99)),
            "total_time": _ms(self.total),
        }

    def stored(self) -> dict[str, Any]:
        """Something that JSON can hold; an empty bucket has no least."""
        times = {str(step): count for step, count in self.times.items()}
        return {
            "count": self.count,
            "errors": self.errors,
            "total": self.total,
            "least": self.least if self.count else 0.0,
            "most": self.most,
            "times": times,
        }


def restored(stored: Mapping[str, Any]) -> Bucket:
    """The bucket that ``stored`` was made from."""
    bucket = Bucket(stored["count"], stored["errors"], stored["total"], stored["least"], stored["most"])
    bucket.times = {int(step): count for step, count in stored["times"].items()}
    return bucket


def merged(buckets: Iterable[Bucket]) -> Bucket:
    """All of them in one."""
    whole = Bucket()
    for bucket in buckets:
        whole.merge(bucket)
    return whole


def _step(seconds: float) -> int:
    return floor(log2(seconds) * _STEPS) if seconds > _SMALLEST else floor(log2(_SMALLEST) * _STEPS)


def _middle(step: int) -> float:
    middle: float = 2 ** ((step + 0.5) / _STEPS)
    return middle


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
