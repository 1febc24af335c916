"""How soon: the command's help, and the first scenario's result after the process starts."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Contender, interleave, table


def first_result(command: list[str]) -> float:
    """Seconds from the start of a process to its first line about a scenario, then stops it."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    for line in process.stdout:
        if b"customer 0" in line:
            break
    seconds = time.perf_counter() - started
    process.kill()
    process.wait()
    process.stdout.close()
    return seconds


def measure(address: str, runs: int) -> str:
    """The figures, as a Markdown table."""
    apitest = [str(Path(sys.executable).with_name("apitest"))]
    with tempfile.TemporaryDirectory() as name:
        project = projects.write(Path(name) / "p", address, 10, 50)
        helps = [
            Contender("apitest --help", [*apitest, "--help"], Path(name)),
            Contender("python -c pass", [sys.executable, "-c", "pass"], Path(name)),
        ]
        interleave(helps, runs * 2)
        seconds = statistics.median(first_result([*apitest, "run", str(project)]) for _ in range(runs))
    bare = helps[1].median
    rows = [[c.name, f"{c.median * 1000:.0f} ms", f"{c.median / bare:.1f}"] for c in helps]
    rows.append(["first scenario's result", f"{seconds * 1000:.0f} ms", f"{seconds / bare:.1f}"])
    return table(["from the start of the process", "median", "to a bare Python"], rows)
