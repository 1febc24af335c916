"""What ``make quick`` runs: the parts, each a process of pytest that collects nothing else, and what they have cost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import IO

ROOT = Path(__file__).parents[2]
LEFT_OUT = "not process and not live and not integration and not attack and not long"
# About as long as each other, one for each of two processors: each more would import the same once again. What one
# part has of a directory of another one is left out there.
PARTS: Mapping[str, tuple[str, ...]] = {
    "server": ("tests/server",),
    "runner": ("tests/apitest", "tests/trust", "tests/server/pubsub"),
}
BUDGET = 30.0  # Seconds of a processor that all of it may take: two that do nothing else need less than 20 s for that
_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30  # Bytes; a run takes a tenth of it
_DEAREST = 10
_MANUAL = "What belongs into it: CONTRIBUTING.md, `make quick`"


def place(memory: Path = _MEMORY, room: int = _ROOM) -> Path | None:
    """Where the files of tests go: memory, if the system has enough of it as a directory, or None for the usual place.

    Thousands of small files are made and deleted, for which a disk has to be told of each.
    """
    has_room = memory.is_dir() and os.access(memory, os.W_OK | os.X_OK) and disk_usage(memory).free >= room
    return memory if has_room else None


def of_others(name: str) -> list[str]:
    """The directories inside those of a part that belong to other parts."""
    own = PARTS[name]
    others = (path for other, paths in PARTS.items() if other != name for path in paths)
    return [path for path in others if any(Path(path).is_relative_to(each) for each in own)]


@dataclass(frozen=True, slots=True)
class Ended:
    """A part that has ended.

    Attributes:
        name: of the part.
        status: pytest's.
        costs: seconds of the processor by test.
    """

    name: str
    status: int
    costs: Mapping[str, float]


class Part:
    """A part that runs."""

    def __init__(self, name: str, directory: Path, options: Iterable[str] = ()) -> None:
        """Starts it.

        Args:
            name: one of ``PARTS``.
            directory: for what it writes.
            options: more of them for pytest.
        """
        self.name = name
        self._costs = directory / f"{name}.json"
        self._output = directory / f"{name}.txt"
        command = [sys.executable, "-m", "pytest", "--hypothesis-profile", "quick", "-m", LEFT_OUT]
        command += [
            "-p",
            "tests.quick.costs",
            "--costs",
            str(self._costs),
            "-p",
            "no:logging",
            "-p",
            "tests.quick.logs",
        ]
        command += ["--basetemp", str(directory / f"{name}-files"), *options]
        command += PARTS[name]
        command += [f"--ignore={path}" for path in of_others(name)]
        # Where Python is told to keep nothing that it compiles, it would compile all tests each time.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)

    def end(self, to: IO[str]) -> Ended:
        """Waits for its end, and shows what it has said."""
        try:
            status = self._process.wait()
        except KeyboardInterrupt:  # The terminal tells it, too
            status = self._process.wait()
        to.write(self._output.read_text("utf-8", "replace"))
        costs = json.loads(self._costs.read_text("utf-8")) if self._costs.exists() else {}
        return Ended(self.name, status, costs)


def summary(ended: Iterable[Ended], processor: float, seconds: float) -> str:
    """What all of it has cost: the tests that cost most, and the sum.

    Args:
        ended: the parts.
        processor: seconds of the processor, of all processes.
        seconds: from start to end.
    """
    costs = {test: cost for part in ended for test, cost in part.costs.items()}
    dearest = sorted(costs.items(), key=lambda pair: -pair[1])[:_DEAREST]
    lines = ["", f"The {len(dearest)} tests that cost most, in seconds of a processor:"]
    lines += [f"{cost:7.2f}  {test}" for test, cost in dearest]
    lines.append(f"{len(costs):,} tests in {seconds:.1f} s: {processor:.1f} s of a processor, of {BUDGET:.0f}")
    if processor > BUDGET:
        lines.append(f"That is too much, or the machine was busy: make the tests above cheaper. {_MANUAL}")
    return "\n".join(lines)
