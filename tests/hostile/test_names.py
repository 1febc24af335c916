"""Names of features, scenarios and steps steer no terminal and break no report, whatever characters they hold."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from behave.step_registry import registry

from tests.apitest.command_line import Ran, here
from tests.apitest.runner.running import ONE
from tests.attempts import Attempts
from tests.hostile.server import Hostile, answer

_TEXTS = {
    "NUL": "\x00",
    "U+FFFF": "\uffff",
    "U+FFFE": "\ufffe",
    "U+FDD0": "\ufdd0",
    "U+1FFFF": "\U0001ffff",
    "a title": "\x1b]0;owned\x07",
    "colours": "\x1b[35;5m",
    "clear": "\x1b[2J\x1b[H",
    "a C1 sequence": "\x9b2J",
    "bell and backspace": "\x07\x08\x08",
    "delete": "\x7f",
    "right to left": "\u202egnp\u2066",
    "the end of CDATA": "]]>",
    "markup": "<b a='&'>",
    "an entity": "&x;&#0;",
}
_PLACES = ("feature", "description", "rule", "background", "scenario", "outline", "examples", "cell", "step", "table")
_FORMATTERS = ("plain", "pretty", "progress", "progress2", "progress3", "json", "steps.usage", "tags")
# A carriage return ends a line in a file, so it comes in a response only, like half of a surrogate pair.
_FROM_SERVER = {**_TEXTS, "surrogates": "\ud800", "a return": "\rok", "a new line": "\n\x1b[1A"}
_BEHAVES_OWN = re.compile(r"\x1b\[([0-9]+A|[0-9]{1,2}m)")  # colours and going up
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800]")
_STEPS = """
from behave import given, then

@given('I print "{text}"')
def show(context, text):
    print(text)

@then('it fails with "{text}"')
def fail(context, text):
    raise AssertionError(text)
"""


def _feature(text: str) -> str:
    at = {each: f"{each} {text} y" for each in _PLACES}
    return (
        f"Feature: {at['feature']}\n  {at['description']}\n"
        f'  Background: {at["background"]}\n    Given I store "1" under "a"\n'
        f"  Rule: {at['rule']}\n"
        f'  Scenario: {at["scenario"]}\n    Given I store "{at["step"]}" under "x"\n'
        f'    And I print "x"\n    Then it fails with "{at["step"]}"\n'
        f'  Scenario Outline: {at["outline"]} <a>\n    Given I store "<a>" under "x"\n'
        f'    Given I print "x"\n      | name | value |\n      | a | {at["table"]} |\n'
        f'    Then variable "#x" is "other"\n'
        f"    Examples: {at['examples']}\n      | a |\n      | {at['cell']} |\n"
    )


def _outlets(directory: Path, colour: str) -> Iterator[tuple[str, str]]:
    """The texts of each formatter and of the report for the terminal, and JUnit's."""
    told = directory / "told"
    told.mkdir(exist_ok=True)
    arguments = [part for name in _FORMATTERS for part in ("-f", name, "-o", str(told / name))]
    more = ["--junit", "--junit-directory", str(told), "--no-capture-hooks", f"--color={colour}"]
    ran = here(
        "run", directory / "features" / "a.feature", *arguments, *more, "-D", "behave.reporter.junit.show_tags=yes"
    )
    assert ran.status in (1, 2), ran.output
    for name in _FORMATTERS:
        yield name, (told / name).read_text("utf-8")
    yield "terminal", _run(directory / "features" / "a.feature", "--verbose").output
    yield "JUnit", (told / "TESTS-a.xml").read_bytes().decode("utf-8")


def _problem(name: str, text: str) -> str:
    if name == "JUnit":
        try:
            ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            return f"not well-formed: {error}"
    if name == "json":
        json.loads(text)
    text = _BEHAVES_OWN.sub("", text)
    found = _HARMFUL.search(text)
    return f"{found[0]!r} in {text[max(0, found.start() - 40) : found.end() + 20]!r}" if found else ""


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept = registry.steps
    yield
    registry.steps = kept


def _run(*arguments: str | Path) -> Ran:
    """Runs the command with nothing left of the steps of a run before."""
    registry.steps = {kind: [] for kind in registry.steps}
    return here("run", *arguments)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # behave leaves its JUnit file open
def test_names(tmp_path: Path, attempts: Attempts) -> None:
    """No place of a feature file leads a character of its text into a report that does harm there."""
    (tmp_path / "features/steps").mkdir(parents=True)
    (tmp_path / "features/steps/own.py").write_text(_STEPS)
    for kind, text in _TEXTS.items():
        (tmp_path / "features/a.feature").write_text(_feature(text), "utf-8")
        for outlet, told in (*_outlets(tmp_path, "off"), *_outlets(tmp_path, "on")):
            problem = _problem(outlet, told)
            attempts.held(not problem, f"{kind}, {outlet}: {problem}")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_a_name_of_a_file(tmp_path: Path, attempts: Attempts) -> None:
    """A file whose name is not text, or steers a terminal, has its JUnit report, too."""
    (tmp_path / "features").mkdir()
    for name in (b"b\xff.feature", b"b\x1b[2J.feature", b"b\x07.feature"):
        (tmp_path / "features" / os.fsdecode(name)).write_text(ONE)
    told = tmp_path / "told"
    _run(tmp_path / "features", "--junit", "--junit-directory", told)
    reports = list(told.iterdir())
    for report in reports:
        problem = _problem("JUnit", report.read_bytes().decode())
        attempts.held(not problem, f"{report!r}: {problem}")
    assert len(reports) == 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_from_a_server(tmp_path: Path, hostile: Hostile, attempts: Attempts) -> None:
    """What a server answered does no harm in the report of a failed check."""
    (tmp_path / "features").mkdir()
    (tmp_path / "features/a.feature").write_text(
        f'Feature: F\n  Scenario: S\n    Given address "{hostile.address}"\n    When the URL is invoked\n'
        '    Then path "/a" is "1"\n'
        f'  Scenario: T\n    Given address "{hostile.address}"\n    When the URL is invoked\n'
        '    Then response is equal to\n      """\n      {}\n      """\n'
    )
    for kind, text in _FROM_SERVER.items():
        value = json.dumps(text)
        for body in (f'{{"a": {value}}}', f'{{"a": 1, {value}: 1}}', text):
            hostile.answers(answer(body.encode("utf-8", "surrogatepass"), "200 OK", "X-A: \x1b[2J"))
            for outlet, told in _outlets(tmp_path, "off"):
                problem = _problem(outlet, told)
                attempts.held(not problem, f"{kind} in {body!r}, {outlet}: {problem}")
