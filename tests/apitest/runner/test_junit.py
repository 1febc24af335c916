"""JUnit reports, as a CI server reads them."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from apitest.errors import UsageError
from tests.apitest.runner.running import ONE, Runs
from tests.apitest.web import WebServer

OPTIONS = ("--junit", "--junit-directory=junit")


def problems(name: str, suite: str = "a") -> list[tuple[str, str, str, str]]:
    """What is wrong with a test case, by the report of a feature: tag, type, message and text."""
    root = ElementTree.parse(f"junit/TESTS-{suite}.xml").getroot()
    (case,) = [case for case in root if case.get("name") == name]
    return [
        (part.tag, part.get("type", ""), part.get("message", ""), part.text or "")
        for part in case
        if part.tag in ("error", "failure")
    ]


def test_an_undefined_step(runs: Runs) -> None:
    """Its sentence is the message, and the near misses are in the text."""
    runs({"a.feature": ONE.replace("I store", "I stroe")}, *OPTIONS)
    ((tag, kind, message, text),) = problems("S")
    assert (tag, kind) == ("error", "UndefinedStep")
    assert message == 'Undefined step: I stroe "1" under "x"'
    assert 'Did you mean: I store "1" under "x"' in text
    assert "features/a.feature:3" in text


def test_a_failed_check(runs: Runs, web: WebServer) -> None:
    """The request and the response that led there are in its text, without what is secret in them."""
    lines = [f'Given address "{web.address}"', 'And URL path "/json"', 'And bearer token "s3cret-word"']
    lines += ["When the URL is invoked", 'Then status is "404"']
    runs({"a.feature": "Feature: F\n  Scenario: S\n" + "".join(f"    {line}\n" for line in lines)}, *OPTIONS)
    ((tag, kind, message, text),) = problems("S")
    assert (tag, kind) == ("failure", "CheckFailed")
    assert "404" in message
    assert f"> GET {web.address}/json" in text
    assert "< 200 OK" in text
    assert "s3cret-word" not in Path("junit/TESTS-a.xml").read_text("utf-8")


def test_a_file_that_cannot_be_used(runs: Runs) -> None:
    """It is an error in a report of its own; so is a hook of the whole run."""
    hooks = "def after_all(context): raise KeyError('x')\n"
    runs({"a.feature": ONE, "sub/b.feature": "Feature: F\n  Scenrio: S\n", "environment.py": hooks}, *OPTIONS)
    ((tag, kind, message, text),) = problems("features/sub/b.feature", "sub.b")
    assert (tag, kind) == ("error", "FeatureFileError")
    assert "Scenrio: is not a keyword" in message
    assert "at features/sub/b.feature:2" in text
    assert problems("environment.py, after_all", "environment.py.after_all")[0][1:3] == ("KeyError", "KeyError: 'x'")


def test_a_scenario_that_was_left_out(runs: Runs) -> None:
    """A feature without anything to run is written only where skipped scenarios are shown."""
    runs({"a.feature": ONE, "b.feature": "@b\n" + ONE}, *OPTIONS, "--no-skipped", "--tags=@b")
    assert [path.name for path in Path("junit").iterdir()] == ["TESTS-b.xml"]


def test_names_that_are_not_xml(runs: Runs) -> None:
    """The report is well-formed whatever a name or an error holds."""
    own = "from behave import given\n@given('own')\ndef own(context): raise ValueError('\\0\\uffff\\ud800')\n"
    runs({"a.feature": "Feature: F\x00\x1b\n  Scenario: S\ufffe\n    Given own\n", "steps/own.py": own}, *OPTIONS)
    root = ElementTree.parse("junit/TESTS-a.xml").getroot()
    assert root.get("name") == "a.F␀␛"
    assert problems("S\ufffd")[0][2] == "␀\ufffd\ufffd"


def test_a_directory_that_cannot_be_made(runs: Runs) -> None:
    """It is told before anything runs."""
    Path("taken").write_text("")
    with pytest.raises(UsageError, match="JUnit reports cannot be written: Not a directory"):
        runs({"a.feature": ONE}, "--junit", "--junit-directory=taken/junit")


def test_a_report_that_cannot_be_written(runs: Runs) -> None:
    """It is told with the directory."""
    Path("junit/TESTS-a.xml").mkdir(parents=True)
    with pytest.raises(UsageError) as raised:
        runs({"a.feature": ONE}, *OPTIONS)
    assert raised.value.problem == "JUnit reports cannot be written: Is a directory"
    assert raised.value.where == "junit"
