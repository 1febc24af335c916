"""What is said of files that are not valid Gherkin."""

from pathlib import Path

import pytest

from apitest.errors import FeatureFileError
from apitest.runner.parsing import parse

HEAD = "Feature: F\n  Scenario: S\n    Given x\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A .feature file."""
    return tmp_path / "a.feature"


def error_of(path: Path, text: str) -> FeatureFileError:
    """What is wrong with a file that holds this."""
    path.write_text(text)
    with pytest.raises(FeatureFileError) as raised:
        parse(str(path), None)
    return raised.value


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ('      """\n      text\n    When y\n', 'Close it with another line of """'),
        ("    ```\n    text\n    ```\n", 'A doc string stands between two lines of """'),
        ('    """\n  text\n    """\n', "Move the line to the right"),
    ],
)
def test_doc_strings(path: Path, text: str, fix: str) -> None:
    """How they are written is told."""
    assert error_of(path, HEAD + text).fix.startswith(fix)


def test_a_blank_that_is_none(path: Path) -> None:
    """It is told, since a person sees a line that begins as it should."""
    fix = error_of(path, HEAD + "    And\u00a0y\n").fix
    assert fix == "There is an invisible NO-BREAK SPACE (U+00A0) after And: write a plain blank there"


def test_examples_of_a_scenario(path: Path) -> None:
    """That it has to be an outline is told."""
    fix = error_of(path, HEAD + "    Examples:\n      | a |\n").fix
    assert fix == "Write Scenario Outline: above its steps, in the place of Scenario:"


def test_a_slip_in_a_keyword(path: Path) -> None:
    """The keyword that was meant is named."""
    assert error_of(path, HEAD + "    Wehn x\n").fix == "Did you mean When?"


@pytest.mark.parametrize("text", ["Scenario: s\n", "Background:\n", "Given x\n"])
def test_a_file_that_begins_too_late(path: Path, text: str) -> None:
    """What has to stand above is told."""
    error = error_of(path, text)
    assert (error.problem, error.fix) == (
        "A feature file must start with Feature:",
        "Write Feature: and a name above it",
    )
