"""What the readers of a format make of a report: the names of what there is, and what each came to."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

from apitest import events
from apitest.events import Event
from apitest.report import formats
from apitest.report.scenarios import outcome
from apitest.report.target import Target
from tests.apitest.report.html import reading

Verdicts = Counter[str]
"""passed, failed, error, skipped: how many."""


def write(name: str, told: list[Event], path: Path) -> Path:
    """A report of a run in a format."""
    with formats.named(name).opened(Target(path)) as listen:
        for event in told:
            listen(event)
    return path


def of_events(told: list[Event]) -> Verdicts:
    """Every scenario that began, and every file, hook and feature that is broken."""
    began = {(event.uri, event.line) for event in told if isinstance(event, events.ScenarioStarted)}
    found = Verdicts()
    for event in told:
        if isinstance(event, events.ScenarioFinished) and not event.tried_again and (event.uri, event.line) in began:
            found[outcome(event.status)] += 1
        elif isinstance(event, events.FileFailed | events.RuleFailed | events.FeatureFinished) and event.failure:
            found["error"] += 1
    return found


def of_junit(path: Path) -> Verdicts:
    """By the schema, and then by its elements."""
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found = Verdicts()
    for file in files:
        document = etree.parse(file)
        schema.assertValid(document)
        for suite in document.iter("testsuite"):
            cases = Verdicts(_of_case(case) for case in suite)
            assert int(suite.get("tests", "")) == cases.total()
            numbers = {"failed": "failures", "error": "errors", "skipped": "skipped"}
            assert {kind: cases[kind] for kind in numbers} == {
                kind: int(suite.get(attribute, "")) for kind, attribute in numbers.items()
            }
            found += cases
    return found


def _of_case(case: etree._Element) -> str:
    names = {"failure": "failed", "error": "error", "skipped": "skipped"}
    return next((names[str(part.tag)] for part in case if part.tag in names), "passed")


_TAP = re.compile(r"^(ok|not ok) (\d+) - ((?:[^\\#\n]|\\.)*)(# SKIP)?", re.M)


def of_tap(path: Path) -> Verdicts:
    """By the lines of the protocol; a harness of Perl's reads it in another test."""
    text = path.read_text("utf-8")
    lines = _TAP.findall(text)
    assert [int(number) for _, number, _, _ in lines] == list(range(1, len(lines) + 1))
    assert re.findall(r"^1\.\.(\d+)", text, re.M) == [str(len(lines))]
    errors = len(re.findall("^  severity: error$", text, re.M))
    found = Verdicts("skipped" if skip else "passed" if result == "ok" else "failed" for result, _, _, skip in lines)
    found["failed"] -= errors
    found["error"] += errors
    return found


def of_allure(path: Path) -> Verdicts:
    """By the files of the directory."""
    statuses = {"passed": "passed", "failed": "failed", "broken": "error", "skipped": "skipped"}
    latest: dict[str, dict[str, Any]] = {}
    for file in path.glob("*-result.json"):
        result = json.loads(file.read_text("utf-8"))
        before = latest.setdefault(result["historyId"], result)
        if result["start"] > before["start"]:  # tries of one scenario
            latest[result["historyId"]] = result
        for step in result.get("steps", []):
            assert all((path / one["source"]).is_file() for one in step.get("attachments", []))
    return Verdicts(statuses[result["status"]] for result in latest.values())


def of_html(path: Path) -> Verdicts:
    """By the index in the page."""
    entries = reading.entries(path.read_text("utf-8"))
    found = Verdicts(outcome(one["status"]) for one in entries if "status" in one and not one.get("again"))
    found["error"] += sum("broken" in one for one in entries)
    return found


def of_jsonl(path: Path) -> Verdicts:
    """By the events that come back."""
    from apitest.report import jsonl

    return of_events(list(jsonl.read(path.read_text("utf-8").splitlines())))  # type: ignore[arg-type]  # events are what is read


READERS = {"junit": of_junit, "tap": of_tap, "allure": of_allure, "html": of_html, "jsonl": of_jsonl}
