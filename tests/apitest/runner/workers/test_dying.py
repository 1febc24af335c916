"""A worker that is killed in a step: every report has the steps before it, with what they exchanged, and names it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.apitest.command_line import Ran, apitest
from tests.apitest.report import consumers
from tests.apitest.report.html import reading
from tests.apitest.web import WebServer

STEPS = """
import os, signal
from behave import when

@when("the process is killed")
def killed(context): os.kill(os.getpid(), signal.SIGKILL)
"""
FEATURE = """Feature: Orders
  Scenario: Fine
    Given address "{address}"
    When the URL is invoked
    Then status is "200"

  Scenario: Deadly
    Given address "{address}"
    And URL path "/answer/17"
    When the URL is invoked
    Then path "/path" is "/answer/17"
    When the process is killed
    And the URL is invoked

  Scenario: Fine, too
    Given address "{address}"
    When the URL is invoked
    Then status is "200"
"""
BEFORE = ['address "{}"', 'URL path "/answer/17"', "the URL is invoked", 'path "/path" is "/answer/17"']
NAMES = ("html", "junit", "jsonl", "allure", "tap")
TOLD = 'was killed by signal 9 (SIGKILL) while running "Deadly"'


def run(root: Path, web: WebServer, *reports: str, by: str = "feature") -> Ran:
    """A run of two features with a deadly scenario each, in two workers, with reports."""
    (root / "features" / "steps").mkdir(parents=True)
    (root / "features" / "steps" / "own.py").write_text(STEPS)
    for name in ("a", "b"):
        (root / "features" / f"{name}.feature").write_text(FEATURE.format(address=web.address))
    wanted = [part for name in reports for part in ("--report", f"{name}={root / name}")]
    return apitest(root, "run", "-j", "2", "--by", by, *wanted)


@pytest.mark.parametrize("by", ["feature", "scenario"])
def test_every_report_has_what_a_dead_worker_had_done(tmp_path: Path, web: WebServer, by: str) -> None:
    """The steps of both deadly scenarios are there up to the one that ran, which is an error; the rest ran."""
    ran = run(tmp_path, web, *NAMES, by=by)
    assert ran.status == 1, ran.output
    assert "4 scenarios passed, 2 in error · 22 steps" in ran.output
    for name in NAMES:
        assert +consumers.READERS[name](tmp_path / name) == {"passed": 4, "error": 2}, name  # without zeros
    steps = [step.format(web.address) for step in BEFORE]
    for check in (_of_terminal, _of_jsonl, _of_html, _of_allure, _of_junit):
        check(tmp_path, ran.output, steps)


def test_what_was_exchanged_last_without_any_report_that_keeps_exchanges(tmp_path: Path, web: WebServer) -> None:
    """The terminal shows it below the step that ran, as it does with any failure, and so does JUnit's file."""
    ran = run(tmp_path, web, "junit")
    steps = [step.format(web.address) for step in BEFORE]
    _of_terminal(tmp_path, ran.output, steps)
    _of_junit(tmp_path, ran.output, steps)


def test_the_only_worker(tmp_path: Path, web: WebServer) -> None:
    """Where there is nothing to run beside it, a deadly scenario still runs in a worker."""
    run(tmp_path, web)
    ran = apitest(tmp_path, "run", "-j", "2", "features/a.feature")
    assert ran.status == 1, ran.output
    assert TOLD in ran.output
    assert "2 scenarios passed, 1 in error" in ran.output


IN_THE_MIDDLE = """Feature: Deadly
  Scenario: asks twice
    Given address "{address}"
    And header "X-Api-Key" "hush-hush-1"
    And request is "{{"password": "hush-hush-2", "note": "of hush-hush-1"}}"
    And REST method "POST"
    When both are asked

  Scenario: asks once
    Given address "{address}"
    And header "X-Api-Key" "hush-hush-1"
    And the header "X-Process" is the number of the process
    And URL path "/kills"
    When the URL is invoked

  Scenario: goes on
    Given address "{address}"
    When the URL is invoked
    Then status is "200"
"""
ASKS = """
import os
from behave import given, when

@given('the header "X-Process" is the number of the process')
def number(context): context.zato.request.headers["X-Process"] = str(os.getpid())

@when("both are asked")
def both(context):
    context.execute_steps("When the URL is invoked")
    steps = ['Given header "X-Api-Key" "hush-hush-1"', 'And the header "X-Process" is the number of the process']
    steps += ['And URL path "/kills"', 'When the URL is invoked']
    context.execute_steps("\\n".join(steps))
"""


def deadly(root: Path, web: WebServer, *reports: str) -> Ran:
    """A run of scenarios whose requests kill the worker that sends them."""
    (root / "features" / "steps").mkdir(parents=True)
    (root / "features" / "steps" / "own.py").write_text(ASKS)
    (root / "features" / "a.feature").write_text(IN_THE_MIDDLE.format(address=web.address))
    wanted = [part for name in reports for part in ("--report", f"{name}={root / 'reports' / name}")]
    (root / "reports").mkdir()
    return apitest(root, "run", "-j", "2", *wanted)


def test_a_step_that_dies_in_the_middle_of_a_request(tmp_path: Path, web: WebServer) -> None:
    """Its report has what was answered by then, and what was sent, without secrets."""
    ran = deadly(tmp_path, web, *NAMES)
    assert ran.status == 1, ran.output
    assert "1 scenario passed, 2 in error" in ran.output
    lines = map(json.loads, (tmp_path / "reports" / "jsonl").read_text("utf-8").splitlines())
    twice, once = [event for event in lines if event["type"] == "StepFinished" and event["status"] == "error"]
    answered, sent = twice["exchanges"]
    assert (answered["request"], answered["response"]) == (f"POST {web.address}/", "200 OK")
    assert (sent["request"], sent["response"]) == (f"GET {web.address}/kills", "")
    assert twice["failure"]["exchange"] == sent
    assert once["exchanges"] == [once["failure"]["exchange"]]
    assert ["X-Api-Key", "***"] in once["exchanges"][0]["request_headers"]
    assert answered["request_body"] == '{"password":"***","note":"of ***"}'
    kept = [ran.output, *(file.read_text("utf-8") for file in (tmp_path / "reports").rglob("*") if file.is_file())]
    assert len(kept) > len(NAMES)
    assert not [text for text in kept if "hush-hush" in text]


def test_what_a_step_had_exchanged_without_any_report_that_keeps_it(tmp_path: Path, web: WebServer) -> None:
    """The terminal shows what was sent last."""
    ran = deadly(tmp_path, web)
    assert ran.status == 1, ran.output
    assert ran.output.count(f"> GET {web.address}/kills") == 2, ran.output
    assert "hush-hush" not in ran.output


def _of_terminal(root: Path, output: str, steps: list[str]) -> None:
    for keyword, step in zip(("Given", "And", "When", "Then"), steps, strict=True):
        assert output.count(f"    ✓ {keyword} {step}\n") == 2, output
    assert output.count("    ! When the process is killed\n") == 2
    assert output.count(TOLD) == 2
    assert output.count("< 200 OK") == 2
    assert output.count("at features/b.feature:12\n") == 1


def _of_jsonl(root: Path, output: str, steps: list[str]) -> None:
    deadly: list[list[dict[str, Any]]] = []
    for line in (root / "jsonl").read_text("utf-8").splitlines():
        event = json.loads(line)
        if event["type"] == "ScenarioStarted" and event["name"] == "Deadly":
            deadly.append([])
        elif event["type"] == "StepFinished" and deadly and len(deadly[-1]) < 5:
            deadly[-1].append(event)
    assert len(deadly) == 2
    for told in deadly:
        assert [step["name"] for step in told] == [*steps, "the process is killed"]
        assert [step["status"] for step in told] == ["passed"] * 4 + ["error"]
        (exchange,) = told[2]["exchanges"]
        assert (exchange["response"], "/answer/17" in exchange["response_body"]) == ("200 OK", True)
        assert TOLD in told[4]["failure"]["problem"]
        assert told[4]["line"] == 12


def _of_html(root: Path, output: str, steps: list[str]) -> None:
    found = [each for row, each in reading.scenarios((root / "html").read_text("utf-8")) if row["name"] == "Deadly"]
    assert len(found) == 2
    for details in found:
        assert [step["name"] for step in details["steps"]] == [*steps, "the process is killed"]
        assert details["steps"][2]["exchanges"][0]["response"] == "200 OK"
        assert TOLD in details["steps"][4]["failure"]["problem"]


def _of_allure(root: Path, output: str, steps: list[str]) -> None:
    results = [json.loads(file.read_text("utf-8")) for file in (root / "allure").glob("*-result.json")]
    deadly = [result for result in results if result["name"] == "Deadly"]
    assert len(deadly) == 2
    for result in deadly:
        assert [step["status"] for step in result["steps"]] == ["passed"] * 4 + ["broken"]
        (attached,) = result["steps"][2]["attachments"]
        assert "200 OK" in (root / "allure" / attached["source"]).read_text("utf-8")
        assert TOLD in result["steps"][4]["statusDetails"]["message"]


def _cases(directory: Path) -> Iterator[etree._Element]:
    for file in directory.iterdir():
        yield from etree.parse(file).iter("testcase")


def _of_junit(root: Path, output: str, steps: list[str]) -> None:
    cases = [case for case in _cases(root / "junit") if case.get("name") == "Deadly"]
    assert len(cases) == 2
    for case in cases:
        (error,) = case.findall("error")
        assert TOLD in error.get("message", "")
        assert "/answer/17" in (error.text or "").partition("200 OK")[2]
        told = case.findtext("system-out", "")
        assert all(step in told for step in steps), told
        assert "When the process is killed" in told
