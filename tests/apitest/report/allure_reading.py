"""What Allure's own program makes of a directory of results, held against the events that these were written from."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from apitest.events import Event, StepFinished
from apitest.report.scenarios import Gathering, Told

_STATUSES = {"passed": "passed", "failed": "failed", "error": "broken", "skipped": "skipped"}


class Expected(NamedTuple):
    """A test case that the report should have.

    Attributes:
        status: as Allure has it.
        tries: the scenario, once for each time that it was tried; none for a file or a hook that is broken.
    """

    status: str
    tries: tuple[Told, ...] = ()


def expected(told: Sequence[Event]) -> dict[str, Expected]:
    """The test cases by their full names."""
    tries: dict[str, list[Told]] = defaultdict(list)
    broken: dict[str, Expected] = {}

    def scenario(one: Told) -> None:
        tries[f"{one.place} {one.name}"].append(one)

    gather = Gathering(scenario, lambda one: broken.update({one.name: Expected("broken")}))
    for event in told:
        gather(event)
    cases = {name: Expected(_STATUSES[found[-1].outcome], tuple(found)) for name, found in tries.items()}
    return cases | broken


def problems(report: Path, told: Sequence[Event]) -> list[str]:
    """What is missing or wrong in a report that Allure made; empty if it shows what was told."""
    found = {case["fullName"]: case for case in _cases(report) if not case["hidden"]}
    wanted = expected(told)
    wrong = [f"{name}: missing" for name in wanted.keys() - found.keys()]
    wrong += [f"{name}: nobody told of it" for name in found.keys() - wanted.keys()]
    for name in wanted.keys() & found.keys():
        wrong += [f"{name}: {problem}" for problem in _of_case(report, found[name], wanted[name])]
    listed = {leaf["uid"] for leaf in _leaves(json.loads((report / "data" / "suites.json").read_text("utf-8")))}
    return wrong + [f"{name}: in no suite" for name, case in found.items() if case["uid"] not in listed]


def _cases(report: Path) -> Iterator[dict[str, Any]]:
    for file in (report / "data" / "test-cases").glob("*.json"):
        yield json.loads(file.read_text("utf-8"))


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the tree of suites ends in."""
    if "children" not in node:
        yield node
    for child in node.get("children", ()):
        yield from _leaves(child)


def _of_case(report: Path, case: dict[str, Any], wanted: Expected) -> Iterator[str]:
    if case["status"] != wanted.status:
        yield f"is {case['status']}, not {wanted.status}"
    labels = {(label["name"], label["value"]) for label in case["labels"]}
    if ("framework", "apitest") not in labels:
        yield "has lost its framework"
    if case["status"] in ("failed", "broken") and not case.get("statusMessage"):
        yield "does not say why"
    if not wanted.tries:
        return
    *before, last = wanted.tries
    tags = {("tag", tag) for tag in (*last.feature.tags, *last.began.tags)}
    if missing := {("suite", last.feature.name), ("thread", f"worker {last.began.worker}"), *tags} - labels:
        yield f"has lost {missing}"
    if [one["status"] for one in case["extra"].get("retries", ())] != [_STATUSES[one.outcome] for one in before]:
        yield f"has other tries: {case['extra'].get('retries', [])}"
    if case["flaky"] is not last.ended.is_flaky:
        yield f"flaky is {case['flaky']}"
    yield from _of_steps(report, case.get("testStage", {}).get("steps", []), last.steps)


def _of_steps(report: Path, steps: list[dict[str, Any]], wanted: Sequence[StepFinished]) -> Iterator[str]:
    names = [f"{step.keyword} {step.name}" for step in wanted]
    if [step["name"] for step in steps] != names:
        yield f"has the steps {[step['name'] for step in steps]}, not {names}"
        return
    for step, told in zip(steps, wanted, strict=True):
        texts = [_content(report, attached) for attached in step["attachments"]]
        if None in texts:
            yield f"{step['name']}: an attachment has no file"
            continue
        if told.text is not None and (told.text not in texts):
            yield f"{step['name']}: has lost its doc string"
        for exchange in told.exchanges:
            if not any(f"> {exchange.request}" in (text or "") for text in texts):
                yield f"{step['name']}: has lost {exchange.request}"
        if bool(told.table) is not bool(step["parameters"]):
            yield f"{step['name']}: has lost its table"
        if told.failure and told.failure.problem not in step.get("statusMessage", ""):
            yield f"{step['name']}: does not say why"


def _content(report: Path, attached: dict[str, Any]) -> str | None:
    """An attachment's text; None where the report has no such file."""
    file = report / "data" / "attachments" / attached.get("source", "")
    return file.read_text("utf-8") if file.is_file() else None
