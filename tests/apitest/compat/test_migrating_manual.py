"""The tables of docs/migrating.md: what they say on the right side is what there is."""

import re
from pathlib import Path

import apitest
from apitest.commands.migrate.own_steps import OwnSentences
from apitest.commands.migrate.sentences import rewritten
from apitest.language.registry import load
from apitest.steps import MODULES

_TEXT = (Path(__file__).parents[3] / "docs" / "migrating.md").read_text("utf-8")
_ROWS = [tuple(cell.strip() for cell in row[2:-2].split(" | ")) for row in _TEXT.splitlines() if row.startswith("| ")]
_CODE = re.compile(r"`([^`]+)`")
# Code that is not a sentence: values, and Gherkin's own words.
_OTHERS = re.compile(r"[#@$]\W?\w+\}?|Scenario Outline|Examples|\.feature|from apitest import .*|\[user\]")


def test_the_right_side_of_each_row_is_there() -> None:
    """Each sentence in it exists, and so does each name to import."""
    registry = load(MODULES)
    for code in (code for row in _ROWS for code in _CODE.findall(row[1])):
        if code.startswith("from apitest import "):
            assert code.rpartition(" ")[2] in apitest.__all__, code
        elif not _OTHERS.fullmatch(code):
            assert registry.find("given", code) or registry.find("then", code), code


_WORDINGS = [row for row in _ROWS[: [row[0] for row in _ROWS].index("Karate")] if re.match(r"`(?!from)", row[0])]


def test_each_row_of_wordings_is_what_migrate_does(tmp_path: Path) -> None:
    """The left side of the first table becomes the right one."""
    path = tmp_path / "a.feature"
    for row in _WORDINGS:
        before, after = (_CODE.findall(cell)[0] for cell in row)
        path.write_text(f"Feature: a\n  Scenario: b\n    Given {before}\n", "utf-8")
        migrated = rewritten(path, load(MODULES), OwnSentences([]))
        assert migrated[1] == f"Feature: a\n  Scenario: b\n    Given {after}\n"
