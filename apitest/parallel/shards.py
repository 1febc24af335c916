"""Which part of a run is that of one of several machines: the same everywhere, and each unit in exactly one part."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from apitest.errors import UsageError
from apitest.expressions import expression
from apitest.parallel.units import Unit

_TEXT = expression(r"(\d+)/(\d+)", re.ASCII)


class Shard(NamedTuple):
    """Part ``number`` of ``total``; the first is 1."""

    number: int
    total: int

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"


def parse(text: str) -> Shard:
    """The shard that ``--shard`` asks for.

    Raises:
        UsageError: it is not I/N with I from 1 to N.
    """
    found = _TEXT.fullmatch(text)
    shard = Shard(int(found[1]), int(found[2])) if found else None
    if shard is None or not 1 <= shard.number <= shard.total:
        told = f'--shard "{text}" is not a part of a run'
        raise UsageError(told, "command line", "Write --shard I/N with I from 1 to N, such as --shard 2/5")
    return shard


def split(units: Iterable[Unit], total: int) -> list[list[Unit]]:
    """The units of each shard, in the order that they had; the shards take about as long as each other.

    The longest unit goes first, each to the shard that has least to do so far.
    """
    shares: list[list[Unit]] = [[] for _ in range(total)]
    loads = [(0.0, number) for number in range(total)]
    for unit in sorted(units, key=lambda unit: (-unit.seconds, unit.file, unit.line)):
        load, number = min(loads)
        loads[number] = (load + max(unit.seconds, _LEAST), number)
        shares[number].append(unit)
    return [sorted(share, key=lambda unit: unit.position) for share in shares]


_LEAST = 1e-6  # so that what takes no time is spread, too


def fingerprint(units: Iterable[Unit]) -> str:
    """What is the same for all shards that were split from the same units with the same durations, and no others."""
    import hashlib  # here, since most runs are not divided among machines

    digest = hashlib.sha256()
    for unit in sorted(units, key=lambda unit: (unit.file, unit.line)):
        digest.update(f"{unit.file}:{unit.line}:{unit.name}:{unit.seconds:.6f}\n".encode())
    return digest.hexdigest()[:16]
