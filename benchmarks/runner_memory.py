"""Memory: 20,000 scenarios against 500."""

import sys
import tempfile
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Contender, run_once, table


def measure(address: str) -> str:
    """Peak memory of both runs, as a Markdown table."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for files in (10, 400):
            project = projects.write(Path(name) / str(files), address, files, 50)
            run = Contender(
                f"{files * 50} scenarios", [sys.executable, "-m", "apitest", "run", str(project)], Path(name)
            )
            seconds, peak = run_once(run)
            rows.append([run.name, f"{peak / 1024:.1f} MiB", f"{seconds:.1f} s", f"{files * 50 / seconds:.0f}"])
    return table(["one process", "peak", "wall", "scenarios/s"], rows)
