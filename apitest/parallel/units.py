"""What is handed out to workers and shards: a feature, or one of its scenarios, and what must not run beside it."""

from collections.abc import Iterable
from typing import NamedTuple

from apitest.expressions import expression

_LOCK = expression(r"lock\((.*)\)")
_SERIAL = "serial"


class Keep(NamedTuple):
    """What keeps others from running meanwhile.

    Attributes:
        serial: nothing else may run.
        locks: nothing else may run that has one of these.
    """

    serial: bool = False
    locks: frozenset[str] = frozenset()


class Unit(NamedTuple):
    """A feature, or a scenario of it, that one worker runs at a time.

    Attributes:
        file: the .feature file, relative to the project's directory.
        position: among all units, in the order of files and lines.
        line: of the scenario, or of the row of an outline; 0 for a whole feature.
        name: of the scenario; empty for a whole feature.
        seconds: how long it is expected to take.
        keep: what must not run beside it.
        urgent: comes ahead of all others.
    """

    file: str
    position: int
    line: int = 0
    name: str = ""
    seconds: float = 0.0
    keep: Keep = Keep()
    urgent: bool = False


def keep_of(tags: Iterable[str]) -> Keep:
    """What a scenario with these tags, those of its feature and rule among them, keeps from running beside it.

    ``@serial`` means all, ``@lock(name)`` and ``@lock("a","b")`` mean what has a lock of that name.
    """
    tags = list(tags)
    names = (name.strip(" \"'") for found in map(_LOCK.fullmatch, tags) if found for name in found[1].split(","))
    return Keep(_SERIAL in tags, frozenset(filter(None, names)))


def joined(keeps: Iterable[Keep]) -> Keep:
    """What several of them together keep from running."""
    keeps = list(keeps)
    return Keep(any(keep.serial for keep in keeps), frozenset[str]().union(*(keep.locks for keep in keeps)))
