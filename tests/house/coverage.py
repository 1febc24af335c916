"""``python -m tests.house.coverage``: whether each pure module is covered by its own test file, in lines and branches.

Their test files run once, with the few examples of `make quick`, the same ones each time. For a module counts what
its own test file has run, and what its import has.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import coverage

from tests.house.architecture import summary
from tests.house.tree import ROOT, Module, modules
from tests.quick.parts import LEFT_OUT

_SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
(CONTRACT,) = (
    contract for contract in _SETTINGS["tool"]["importlinter"]["contracts"] if contract["name"].startswith("Pure rooms")
)
PURE = [module for module in modules() if summary(module).startswith("PURE")]


class Gap(NamedTuple):
    """What the tests of a module do not run.

    Attributes:
        module: which one.
        lines: their numbers.
        branches: from which line to which other one, or out of the function that begins at a line with a minus.
    """

    module: Module
    lines: list[int]
    branches: list[tuple[int, int]]

    def __str__(self) -> str:
        """On one line, with the file that has to run it."""
        lines = [f"line {line}" for line in self.lines]
        ways = [f"line {start} to {'the end' if end < 0 else f'line {end}'}" for start, end in self.branches]
        return f"{self.module.name}: {self.module.tests.relative_to(ROOT)} does not run {', '.join([*lines, *ways])}"


def covered() -> list[Module]:
    """The modules that are held to it: those that say they are pure, and those of pure rooms, if they have tests."""
    rooms = tuple(CONTRACT["source_modules"])
    return [
        module
        for module in modules()
        if (module in PURE or any(_is_in(_dotted(module), room) for room in rooms)) and module.tests.exists()
    ]


def main() -> int:
    """Runs the tests, and prints what is not covered; 1 if there is something."""
    held = covered()
    with TemporaryDirectory(prefix="coverage-") as directory:
        data = Path(directory) / "data"
        status = _run(sorted({str(module.tests.relative_to(ROOT)) for module in held}), data)
        found = list(gaps(held, data)) if not status else []
    for gap in found:
        print(f"tests.house: {gap}", file=sys.stderr)
    if not status:
        print(f"{len(held) - len(found)} of {len(held)} pure modules are covered by their own test files")
    return status or bool(found)


def gaps(held: Iterable[Module], data: Path) -> Iterator[Gap]:
    """What is not covered, by the data of a run in which each test is a context.

    Args:
        held: the modules.
        data: the file.
    """
    measured = coverage.Coverage(data_file=str(data), config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    report = data.with_suffix(".json")
    for module in held:
        own = re.escape(module.tests.relative_to(ROOT).as_posix())
        measured.json_report([str(module.file)], str(report), contexts=["^$", f"^{own}::"])
        (found,) = json.loads(report.read_text("utf-8"))["files"].values()
        lines = found["missing_lines"]
        branches = [(start, end) for start, end in found["missing_branches"] if start not in lines]
        if lines or branches:
            yield Gap(module, lines, branches)


def _run(tests: list[str], data: Path) -> int:
    command = [sys.executable, "-m", "pytest", "--hypothesis-profile", "quick", "--hypothesis-seed", "0"]
    command += ["-m", LEFT_OUT, "--cov", "--cov-context", "test", "--cov-report", "", "--cov-fail-under", "0", *tests]
    # The others of its cores cannot tell which test has run a line
    environment = {**os.environ, "COVERAGE_FILE": str(data), "COVERAGE_CORE": "ctrace"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _is_in(name: str, room: str) -> bool:
    return f"{name}.".startswith(f"{room}.")


def _dotted(module: Module) -> str:
    return ".".join(module.path.with_suffix("").parts).removesuffix(".__init__")


if __name__ == "__main__":
    sys.exit(main())
