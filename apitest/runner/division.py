"""How the command line divides a run: among workers, among machines, in a random order."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from apitest.errors import UsageError
from apitest.report import last_run

if TYPE_CHECKING:
    from apitest.parallel.durations import Durations
    from apitest.parallel.shards import Shard

_MOST = 1000  # workers; more is a slip of the finger
_SEEDS = 1_000_000


class Division(NamedTuple):
    """What the options say.

    Attributes:
        jobs: how many workers run; 1 for none but the run itself.
        by_scenario: scenarios are handed out one by one, and not features.
        seed: of a random order; None for none.
        shard: the part of all that is run here; None for all of it.
        durations: a file with what earlier runs took; None for the project's own record.
        failed_first: what failed when it last ran comes ahead of the rest.
    """

    jobs: int = 1
    by_scenario: bool = False
    seed: int | None = None
    shard: "Shard | None" = None
    durations: Path | None = None
    failed_first: bool = False

    @classmethod
    def asked(cls, workers: str, by: str, random: str | None, shard: str | None, durations: str | None) -> "Division":
        """What the options ask for, as they stand on the command line.

        Raises:
            UsageError: one of them cannot be read.
        """
        part = None
        if shard is not None:
            from apitest.parallel import shards

            part = shards.parse(shard)
        file = None if durations is None else Path(durations)
        return cls(jobs(workers), by == "scenario", order(random), part, file)

    @property
    def divides(self) -> bool:
        """Whether anything differs from features one after another."""
        return self.jobs > 1 or self.seed is not None or self.shard is not None


def failed(root: Path) -> frozenset[str]:
    """The files with scenarios that failed when they last ran, by their paths from the project's directory."""
    return frozenset(each.uri for each in last_run.of_project(root) if each.failed)


def jobs(text: str) -> int:
    """The number of workers that ``-j`` asks for: a number, or "auto" for that of the cores.

    Raises:
        UsageError: it is neither.
    """
    if text == "auto":
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST):
        fix = f"Write -j N with N from 1 to {_MOST}, or -j auto for as many as there are cores"
        raise UsageError(f'-j "{text}" is not a number of workers', "command line", fix)
    return int(text)


def order(text: str | None) -> int | None:
    """The seed that ``--random`` asks for, a new one where it is empty; None without the option."""
    if text is None:
        return None
    return int(text) if text else int.from_bytes(os.urandom(4)) % _SEEDS


def durations(root: Path, file: Path | None) -> "Durations":
    """What earlier runs took, in a file or in the project's own record.

    Raises:
        UsageError: the file cannot be read, or holds no results.
    """
    from apitest.parallel.durations import Durations

    if file is None:
        results = last_run.of_project(root)
    else:
        try:
            results = list(last_run.read(file))
        except OSError as error:
            raise UsageError(f"The durations cannot be read: {error.strerror or error}", str(file), _FIX) from None
        if not results:
            raise UsageError("The file has no durations in it", str(file), _FIX)
    return Durations((result.uri, result.name, result.seconds) for result in results if not result.of_file)


_FIX = f"Give a file such as {last_run.DIRECTORY}/{last_run.NAME}, which every run writes"
