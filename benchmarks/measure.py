"""Whole processes, timed in turn: A B C A B C …, so that a machine whose speed drifts slows all of them alike."""

import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Contender:
    """One command of a comparison.

    Attributes:
        name: what it is, as the table says.
        command: the command line.
        directory: where it runs; environ: what its environment has beside this process's.
        says: what its output must hold for the run to have done its work.
        seconds: the wall time of each counted run; peak_kib: its peak resident memory in KiB.
    """

    name: str
    command: Sequence[str]
    directory: Path
    environ: dict[str, str] = field(default_factory=dict)
    says: str = ""
    seconds: list[float] = field(default_factory=list)
    peak_kib: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median wall time in seconds."""
        return statistics.median(self.seconds)

    @property
    def median_peak_mib(self) -> float:
        """The median peak memory in MiB."""
        return statistics.median(self.peak_kib) / 1024


def peer_python(place: Path, *packages: str) -> Path:
    """A Python in which the packages of a peer are installed; made once."""
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that is timed.

    Byte code is kept between runs, as it is on any machine that does not forbid it; the warm-up writes it.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict(more or {})


def run_once(contender: Contender) -> tuple[float, int]:
    """Runs a command to its end: wall seconds, and peak resident memory in KiB.

    Raises:
        RuntimeError: it failed; a benchmark of something that does not work is none.
    """
    # Byte code is kept between runs (the warm-up writes it) and output is buffered, as where nothing else is asked for.
    unusual = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    environ = {name: value for name, value in os.environ.items() if name not in unusual}
    environ |= contender.environ
    with Path(os.devnull).open("rb") as nothing:
        started = time.perf_counter()
        process = subprocess.Popen(
            contender.command,
            cwd=contender.directory,
            env=environ,
            stdin=nothing,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    said = output.decode("utf-8", "replace")
    if process.returncode != 0 or contender.says not in said:
        raise RuntimeError(f"{contender.name} exited with {process.returncode}:\n{said[-3000:]}")
    return seconds, usage.ru_maxrss


def interleave(contenders: Sequence[Contender], runs: int, warm_up: int = 1) -> None:
    """Runs each contender ``runs`` times in turn, after ``warm_up`` rounds that do not count."""
    for round_number in range(warm_up + runs):
        for contender in contenders:
            seconds, peak = run_once(contender)
            if round_number >= warm_up:
                contender.seconds.append(seconds)
                contender.peak_kib.append(peak)
        print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as an aligned Markdown table."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (headings, *rows)
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def machine() -> str:
    """The machine that the figures are from: cores and Python."""
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {platform.system()} {platform.machine()}"
