"""Results for Allure: a JSON file a scenario, and one for what a step exchanged, in a directory that `allure` reads."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apitest import __version__
from apitest.events import Event, Exchange, Listener, RunStarted, ScenarioStarted, StepFinished
from apitest.report.exchange import exchange_lines
from apitest.report.scenarios import ERROR, FAILED, PASSED, PLAIN, SKIPPED, Broken, Gathering, Told, explained, outcome
from apitest.report.target import Target
from apitest.report.written import made_directory, refused

FILE = "allure-results"
wants_exchanges = True
wants_passed = True

_STATUSES = {PASSED: "passed", FAILED: "failed", ERROR: "broken", SKIPPED: "skipped"}


@contextmanager
def opened(target: Target) -> Iterator[Listener]:
    """A directory of results; those of earlier runs in it stay, as Allure has it.

    Raises:
        UsageError: the directory cannot be made.
    """
    directory = target.path or Path(FILE)
    try:
        made_directory(directory)
    except OSError as error:
        raise refused("allure", directory, error) from None
    report = _Allure(directory)
    yield report
    if report.lost:
        raise OSError("its directory was removed, with the results up to then")


class _Allure:
    """Writes each scenario when it is over.

    Attributes:
        lost: whether the directory was removed meanwhile, with what was in it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._gather = Gathering(self._scenario, self._broken)
        self.lost = False
        self._at = 0.0  # when anything began last, for what has no time of its own
        self._lines: dict[str, int] = {}

    def __call__(self, event: Event) -> None:
        """Takes an event of the run."""
        if isinstance(event, RunStarted):
            self._at = event.at
            self._environment(event)
        elif isinstance(event, ScenarioStarted):
            self._at = event.at
        self._gather(event)

    def _environment(self, run: RunStarted) -> None:
        facts = {"apitest": __version__, "seed": run.seed, "environment": run.environment, "workers": run.workers}
        lines = (f"{name}={_property(str(value))}\n" for name, value in facts.items() if value not in ("", None))
        self._write("environment.properties", "".join(lines))

    def _scenario(self, told: Told) -> None:
        began, ended = told.began, told.ended
        start = began.at
        steps: list[dict[str, Any]] = []
        for step in told.steps:
            steps.append(self._step(step, start))
            start += step.seconds
        identity = self._identity(told)
        parts = Path(ended.uri).parent.as_posix()
        labels = {
            "framework": "apitest",
            "language": "gherkin",
            "feature": told.feature.name or ended.uri,
            "parentSuite": parts if parts != "." else "features",
            "suite": told.feature.name or ended.uri,
            "thread": f"worker {began.worker}",
        } | ({"story": began.rule} if began.rule else {})
        tags = dict.fromkeys((*told.feature.tags, *began.tags))
        result = _timed(told.name, told.outcome, began.at, ended.seconds) | {
            "fullName": f"{told.place} {told.name}",
            "historyId": identity,
            "testCaseId": identity,
            "labels": [{"name": key, "value": value} for key, value in labels.items()]
            + [{"name": "tag", "value": tag} for tag in tags],
            "steps": steps,
        }
        failures = [failure for _, failure in told.failures]
        if failures:
            result["statusDetails"] = {"message": failures[0].problem, "trace": told.explanation}
        elif ended.is_flaky:
            result["statusDetails"] = {"flaky": True}
        self._result(result)

    def _identity(self, told: Told) -> str:
        """What the scenario is found by: its file, rule and name, its line if another has these, too."""
        found = _digest(": ".join(filter(None, (told.ended.uri, told.began.rule, told.name))))
        first = self._lines.setdefault(found, told.ended.line)
        return found if first == told.ended.line else _digest(f"{told.place} {told.name}")

    def _step(self, step: StepFinished, start: float) -> dict[str, Any]:
        made = _timed(f"{step.keyword} {step.name}", outcome(step.status), start, step.seconds)
        if step.failure:
            made["statusDetails"] = {"message": step.failure.problem, "trace": explained(step.failure)}
        told = [_attached(exchange) for exchange in step.exchanges]
        if step.text is not None:
            made["attachments"] = [self._attachment("doc string", step.text)]
        if told:
            made.setdefault("attachments", []).append(self._attachment("exchanges", "\n\n".join(told)))
        if step.table:
            heads, *rows = step.table
            made["parameters"] = [{"name": " | ".join(heads), "value": "\n".join(" | ".join(row) for row in rows)}]
        return made

    def _broken(self, broken: Broken) -> None:
        name = broken.name
        result = _timed(name, ERROR, self._at, 0.0) | {
            "fullName": name,
            "historyId": _digest(name),
            "labels": [{"name": "framework", "value": "apitest"}, {"name": "suite", "value": broken.uri}],
            "statusDetails": {"message": broken.failure.problem, "trace": broken.explanation},
        }
        self._result(result)

    def _result(self, result: dict[str, Any]) -> None:
        number = str(uuid.uuid4())
        self._write(f"{number}-result.json", json.dumps({"uuid": number, **result}))

    def _attachment(self, name: str, text: str) -> dict[str, str]:
        source = f"{uuid.uuid4()}-attachment.txt"
        self._write(source, text)
        return {"name": name, "source": source, "type": "text/plain"}

    def _write(self, name: str, text: str) -> None:
        path = self._directory / name
        try:
            path.write_text(text, "utf-8", "backslashreplace")
        except FileNotFoundError:  # the directory vanished, which is no reason to lose what is still to come
            self.lost = True
            made_directory(self._directory)
            path.write_text(text, "utf-8", "backslashreplace")


def _timed(name: str, came_to: str, start: float, seconds: float) -> dict[str, Any]:
    begin = round(start * 1000)
    times = {"start": begin, "stop": begin + round(seconds * 1000)}
    return {"name": name, "status": _STATUSES[came_to], "stage": "finished", **times}


def _attached(exchange: Exchange) -> str:
    return "\n".join(exchange_lines(exchange, PLAIN, PLAIN.width, full=True))


def _digest(text: str) -> str:
    """What the same scenario is found by in the results of other runs."""
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _property(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")
