"""What the parts of a run came to, put together: numbers, exit statuses, and the state of a feature run in parts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from apitest import events

Counts = Mapping[str, Mapping[str, int]]


class Tally(NamedTuple):
    """What a part of a run came to.

    Attributes:
        counts: of "features", "scenarios" and "steps": final state to number.
        exit_statuses: those of everything that went wrong.
        unchecked: how many scenarios passed without having checked anything.
        consequences: how many scenarios failed only because others had failed before them.
        flaky: how many scenarios passed, but not at the first try.
        failed: whether anything failed.
        aborted: why it ended early; empty if it did not.
    """

    counts: Counts = {}  # noqa: RUF012 - never changed
    exit_statuses: tuple[int, ...] = ()
    unchecked: int = 0
    consequences: int = 0
    flaky: int = 0
    failed: bool = False
    aborted: str = ""


def total(parts: Iterable[Tally]) -> Tally:
    """What all parts together came to."""
    parts = list(parts)
    return Tally(
        added(part.counts for part in parts),
        tuple(sorted({status for part in parts for status in part.exit_statuses})),
        sum(part.unchecked for part in parts),
        sum(part.consequences for part in parts),
        sum(part.flaky for part in parts),
        any(part.failed for part in parts),
        next((part.aborted for part in parts if part.aborted), ""),
    )


def added(counts: Iterable[Counts]) -> dict[str, dict[str, int]]:
    """Numbers of the same kind and state, added."""
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in ("features", "scenarios", "steps")}
    for each in counts:
        for kind, numbers in each.items():
            sums.setdefault(kind, Counter()).update(numbers)
    return {kind: dict(numbers) for kind, numbers in sums.items()}


_WORST_FIRST = ("hook_error", "cleanup_error", events.ERROR, events.FAILED, events.UNDEFINED)


def state_of(parts: Iterable[str]) -> str:
    """The final state of a feature whose scenarios ran in several parts, from what it was after each of them."""
    states = set(parts)
    worst = next((state for state in _WORST_FIRST if state in states), "")
    if worst:
        return worst
    if events.UNTESTED in states:
        return events.FAILED if events.PASSED in states else events.UNTESTED
    return events.SKIPPED if states <= {events.SKIPPED} else events.PASSED
