"""Every report at once: memory and sizes for 100,000 scenarios as told by four workers, and what a real run pays."""

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from apitest.events import (
    Event,
    Exchange,
    Failure,
    FeatureFinished,
    FeatureStarted,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
)
from apitest.report import formats
from apitest.report.several import Reports
from apitest.report.target import Target
from benchmarks import projects
from benchmarks.measure import Contender, run_once, table

FORMATS = ("html", "jsonl", "junit", "tap", "allure", "github")
_MANY, _REAL_FILES, _WORKERS, _PER_FILE = 100_000, 80, 4, 50
_STEPS = (
    ("Given", 'address "http://127.0.0.1:8080"'),
    ("And", 'URL path "/customers"'),
    ("And", "format is JSON"),
    ("When", "the URL is invoked"),
    ("Then", 'status is "200"'),
    ("And", 'path "/customer/name" is "Maria"'),
)


def scenario(uri: str, number: int, at: float, chance: random.Random) -> Iterator[Event]:
    """One that sends a request; of a hundred, three fail."""
    line, fails = 3 + 9 * number, chance.random() < 0.03
    body = f'{{"customer": {{"name": "{"Mario" if fails else "Maria"}", "id": {chance.randrange(10**9)}}}}}'
    headers = (("Content-Type", "application/json"), ("X-Request-Id", f"{chance.randrange(16**12):x}"))
    sent = Exchange(
        "HTTP", "POST http://127.0.0.1:8080/customers", headers, '{"id": 17}', "200 OK", headers, body, 0.01
    )
    wrong = Failure("CheckFailed", 1, "The value is another", expected='"Maria"', actual='"Mario"', exchange=sent)
    yield ScenarioStarted(uri, line, f"Customer {number}", ("smoke",), at, number % _WORKERS + 1)
    for index, (keyword, name) in enumerate(_STEPS):
        last = fails and index == len(_STEPS) - 1
        exchanges = (sent,) if index == 3 else ()
        status, failure = ("failed", wrong) if last else ("passed", None)
        yield StepFinished(keyword, name, line + index, status, 0.002, failure, None, None, "", exchanges)
    yield ScenarioFinished(uri, line, f"Customer {number}", "failed" if fails else "passed", 0.012, None)


def run(scenarios: int) -> Iterator[Event]:
    """All events of a run."""
    chance = random.Random(1)
    yield RunStarted("/shop", verbose=False, workers=_WORKERS, seed=1, at=1_700_000_000.0)
    for first in range(0, scenarios, _PER_FILE):
        uri = f"features/area{first // 5000}/customers{first // _PER_FILE}.feature"
        yield FeatureStarted(uri, 1, f"Customers {first // _PER_FILE}", ())
        for number in range(_PER_FILE):
            yield from scenario(uri, number, 1_700_000_000.0 + (first + number) * 0.003, chance)
        yield FeatureFinished(uri, f"Customers {first // _PER_FILE}", "passed", 0.6, None)
    yield RunFinished({"scenarios": {"passed": scenarios}, "steps": {"passed": 6 * scenarios}}, 300.0, 1, "")


def path_of(name: str, directory: Path) -> Path:
    """Where a report goes."""
    return directory / (formats.named(name).FILE or f"{name}.txt")


def listen(scenarios: int, directory: Path, names: list[str]) -> None:
    """Lets reports hear of a generated run; in a process of its own, whose memory is measured."""
    with Reports() as reports:
        for name in names:
            target = Target(path_of(name, directory))
            reports.open(name, target.path, formats.named(name).opened(target))
        for event in run(scenarios):
            reports(event)
    assert reports.failed == []


def _size(path: Path) -> str:
    """Megabytes of a file or of all files of a directory, and how many those are."""
    files = list(path.iterdir()) if path.is_dir() else [path]
    told = f"{sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
    return f"{told} in {len(files):,} files" if path.is_dir() else told


def measure(address: str) -> str:
    """The figures, as Markdown tables."""
    with tempfile.TemporaryDirectory() as name:
        # First, since what lists the many files takes memory, which those that it starts would count as their own.
        real = _real(Path(name), address)
        return f"{_generated(Path(name))}\n\n{real}"


def _generated(directory: Path) -> str:
    rows = []
    for label, names in (("none", ()), ("all", FORMATS)):
        command = [sys.executable, "-m", "benchmarks.runner_reports", str(_MANY), str(directory), *names]
        seconds, peak = run_once(Contender("", command, Path.cwd()))
        rows.append([label, f"{peak / 1024:.1f} MiB", f"{seconds:.1f} s"])
    sizes = [[name, _size(path_of(name, directory))] for name in FORMATS]
    return f"{table([f'{_MANY:,} scenarios told', 'peak', 'wall'], rows)}\n\n{table(['report', 'size'], sizes)}"


def _real(directory: Path, address: str) -> str:
    project = projects.write(directory / "p", address, _REAL_FILES, _PER_FILE)
    rows = []
    for label, names in (("without", ()), ("with all reports", FORMATS)):
        options = [part for one in names for part in ("--report", f"{one}={path_of(one, directory / 'real')}")]
        command = [sys.executable, "-m", "apitest", "run", str(project), *options]
        seconds, peak = run_once(Contender("", command, directory))
        rows.append([label, f"{peak / 1024:.1f} MiB", f"{seconds:.1f} s"])
    return table([f"{_REAL_FILES * _PER_FILE:,} scenarios run", "peak", "wall"], rows)


if __name__ == "__main__":
    listen(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
