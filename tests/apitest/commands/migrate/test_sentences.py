from pathlib import Path

import pytest

from apitest.commands.migrate.own_steps import OwnSentences
from apitest.commands.migrate.sentences import rewritten
from apitest.errors import FeatureFileError
from apitest.language.registry import Registry, load
from apitest.steps import MODULES


@pytest.fixture
def registry() -> Registry:
    return load(MODULES)


def _rewrite(tmp_path: Path, registry: Registry, text: str, own: str = "") -> tuple[str, list[str]]:
    path, steps = tmp_path / "a.feature", tmp_path / "steps.py"
    path.write_bytes(text.encode())
    steps.write_text(own)
    before, after, left = rewritten(path, registry, OwnSentences([steps]))
    assert before == text
    return after, [f"{line.line} {line.reason}" for line in left]


_OLD = """# HTTP method "GET" in a comment
@json
Feature: HTTP method "GET" in a name
  Background:
    Given HTTP method "POST"

  Scenario Outline: an <a>
    \tGIVEN   JSON Pointer "/<a>" in request is "<b>"  \x20
    and json pointer "/x" isn't empty
    * I store "HTTP method" under "b"
    Given request is
      \"\"\"
      Given HTTP method "GET"
      \"\"\"
    Then status is "200"
    Examples: JSON Pointer
      | a | b              |
      | x | HTTP method "" |

  Rule: more
    Scenario: one more
      When the URL is invoked
      Then JSON Pointer "/a" is "it isn't"
      But header "X" doesn't exist
"""


def test_sentences_change_and_nothing_else(tmp_path: Path, registry: Registry) -> None:
    """Keywords, blanks, comments, names, tables and doc strings stay."""
    after, left = _rewrite(tmp_path, registry, _OLD)
    expected = (
        _OLD.replace('Given HTTP method "POST"', 'Given REST method "POST"')
        .replace('JSON Pointer "/<a>"', 'path "/<a>"')
        .replace('json pointer "/x" isn\'t empty', 'path "/x" is not empty')
        .replace('JSON Pointer "/a" is', 'path "/a" is')
        .replace("doesn't exist", "does not exist")
    )
    assert after == expected
    assert left == []
    assert _rewrite(tmp_path, registry, after) == (after, [])


def test_quotes_within_values_are_escaped(tmp_path: Path, registry: Registry) -> None:
    """Where today's wording does not allow them; those of lists and JSON stay."""
    old = (
        'Feature: a\n  Scenario: b\n    Then header "ETag" isn\'t "W/"abc""\n'
        '    And JSON Pointer "/l" is a list ""a,b",c"\n'
        '    And JSON Pointer "/a" is JSON "{"b": ["c"]}"\n    And path "/a" is not "x" or "y"\n'
    )
    after, left = _rewrite(tmp_path, registry, old)
    assert after == old.replace("JSON Pointer", "path").replace('isn\'t "W/"abc""', 'is not "W/\\"abc\\""')
    assert left == ["6 undefined step"]
    assert _rewrite(tmp_path, registry, after) == (after, left)


def test_line_ends_and_marks_stay(tmp_path: Path, registry: Registry) -> None:
    """A file with a byte order mark and Windows line ends keeps both."""
    old = '\ufeffFeature: a\r\n  Scenario: b\r\n    Given HTTP method "GET"\r\n'
    assert _rewrite(tmp_path, registry, old)[0] == old.replace("HTTP method", "REST method")


def test_other_languages(tmp_path: Path, registry: Registry) -> None:
    """Keywords of another language are keywords."""
    old = '# language: de\nFunktionalität: a\n  Szenario: b\n    Angenommen HTTP method "GET"\n'
    assert _rewrite(tmp_path, registry, old)[0] == old.replace("HTTP method", "REST method")


@pytest.mark.parametrize(
    "pattern", ['HTTP method "{method}"', 'REST method "POST"', "{anything}", "HTTP {what}", 'rest method "{m}"']
)
def test_a_step_of_the_projects_own_is_left_alone(tmp_path: Path, registry: Registry, pattern: str) -> None:
    """Where the project's own Python reads the old wording or would read the new one."""
    old = 'Feature: a\n  Scenario: b\n    Given HTTP method "POST"\n'
    own = f"from behave import given\n@given({pattern!r})\ndef step(ctx, **named): pass\n"
    after, left = _rewrite(tmp_path, registry, old, own)
    assert after == old
    assert left == ["3 a step of the project has this sentence"]


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ("from behave import *\nuse_step_matcher('re')\n@when(r'HTTP (\\w+) .*')\ndef step(c): pass\n", True),
        ("from behave import *\nuse_step_matcher('re')\n@when('HTTP (')\ndef step(c): pass\n", True),
        ("import behave\n@behave.then(name)\n@other('HTTP method \"{m}\"')\n@plain\ndef step(c): pass\n", False),
        ("this is no Python", False),
    ],
)
def test_own_sentences_are_read_from_the_source(tmp_path: Path, registry: Registry, own: str, kept: bool) -> None:
    """Regular expressions, too; what cannot be read as Python has none."""
    old = 'Feature: a\n  Scenario: b\n    Given HTTP method "POST"\n'
    assert (_rewrite(tmp_path, registry, old, own)[0] == old) is kept


def test_what_nothing_reads_is_named(tmp_path: Path, registry: Registry) -> None:
    """An undefined step stays; a step of the project's own that has no counterpart is not told of."""
    old = 'Feature: a\n  Scenario: b\n    Given something new\n    Given mine "1"\n'
    own = "@given('mine \"{n}\"')\ndef step(ctx, n): pass\n"
    assert _rewrite(tmp_path, registry, old, own) == (old, ["3 undefined step"])


def test_an_empty_file_stays(tmp_path: Path, registry: Registry) -> None:
    """There is nothing in it to change."""
    assert _rewrite(tmp_path, registry, "") == ("", [])


def test_no_gherkin_is_an_error(tmp_path: Path, registry: Registry) -> None:
    """Who calls this decides what to do about it."""
    with pytest.raises(FeatureFileError):
        _rewrite(tmp_path, registry, "This is no feature\n")
