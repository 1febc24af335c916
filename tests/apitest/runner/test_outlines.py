"""Names in angle brackets in the steps of outlines."""

from pathlib import Path

import pytest

from apitest.errors import FeatureFileError
from apitest.runner.parsing import parse

OUTLINE = """\
Feature: F
  Scenario Outline: <id> and <anything>
    Given {}
    Examples:
      | id | customer name |
      | 1  | Maria         |
    Examples:
      | id | kind | customer name |
      | 2  | new  | Jan           |
"""


def parsed(tmp_path: Path, step: str) -> None:
    """Parses an outline with this step."""
    path = tmp_path / "a.feature"
    path.write_text(OUTLINE.format(step))
    parse(str(path), None)


@pytest.mark.parametrize(
    "step",
    [
        'path "/<id>" is "<customer name>"',
        'request is "<order><id/></order>"',
        'request is "<order id="5">x</order>"',
        'path "/a" matches "(?P<year>[0-9]+)"',
        'path "/a" is "1 < 2 and 3 > 2"',
        'SQL "SELECT 1 WHERE a<b and c>d" returns no rows, using "db"',
        'request is\n      """\n      <order>\n      <id><id></id>\n      </order>\n      """',
        "paths are\n      | path | value |\n      | /a   | <id>  |",
    ],
)
def test_columns_and_other_texts(tmp_path: Path, step: str) -> None:
    """The headings of all its tables, XML, groups of patterns and comparisons are what they look like."""
    parsed(tmp_path, step)


@pytest.mark.parametrize(
    ("step", "name", "fix"),
    [
        ('path "/a" is "<ids>"', "ids", "Did you mean <id>?"),
        ('path "/a" is "<Id>"', "Id", "Did you mean <id>?"),
        ('path "/a" is "<kind>"', "kind", "Did you mean <id>?"),
        ('path "/a" is not "<typo>"', "typo", "The columns are id, customer name."),
        ('path "/a" is "<custmer name>"', "custmer name", "Did you mean <customer name>?"),
        ('request is\n      """\n      {"a": "<typo>"}\n      """', "typo", "The columns are"),
        ("paths are\n      | path | value  |\n      | /a   | <typo> |", "typo", "The columns are"),
        ("paths are\n      | <typo> | value |\n      | /a   | 1     |", "typo", "The columns are"),
    ],
)
def test_a_name_that_no_table_has(tmp_path: Path, step: str, name: str, fix: str) -> None:
    """It is refused with its line and what may be meant, wherever in the step it stands."""
    with pytest.raises(FeatureFileError, match=f"have no column {name}") as raised:
        parsed(tmp_path, step)
    assert raised.value.where.endswith("a.feature:3")
    assert raised.value.fix.startswith(fix)
    assert f"a column {name} that holds <{name}>" in raised.value.fix


def test_only_outlines_have_columns(tmp_path: Path) -> None:
    """In a scenario, angle brackets are text."""
    path = tmp_path / "a.feature"
    path.write_text('Feature: F\n  Scenario: S\n    Given path "/a" is "<typo>"\n')
    assert parse(str(path), None) is not None
