"""Correcting sentences in .feature files changes the sentences and nothing else."""

from pathlib import Path

import pytest

from apitest import events
from apitest.language.registry import load
from apitest.runner import failures
from apitest.runner.corrections import Corrections, correct
from apitest.steps import MODULES


@pytest.mark.parametrize(
    ("line", "old", "new", "corrected"),
    [
        ('  Given adress "x"\n', 'adress "x"', 'address "x"', '  Given address "x"\n'),
        ('\tAnd\tadress "x"  \r\n', 'adress "x"', 'address "x"', None),  # a tab after the keyword: left alone
        ('  Then stats is "<code>"\n', 'stats is "200"', 'status is "200"', '  Then status is "<code>"\n'),
        ("  When the URL is invokd\n", "the URL is invokd", "the URL is invoked", "  When the URL is invoked\n"),
        ('  Given "x" "y" adress', '"x" "y" adress', '"y" address', None),  # another number of values
        ("  Given something else\n", 'adress "x"', 'address "x"', None),
        ('  * adress "a" and "b"\n', 'adress "" and ""', 'address "" and ""', '  * address "a" and "b"\n'),
    ],
)
def test_a_line_is_corrected(tmp_path: Path, line: str, old: str, new: str, corrected: str | None) -> None:
    """Indentation, keyword, line end and the line's own values stay; a line that is not what it was is left alone."""
    path = tmp_path / "a.feature"
    path.write_bytes(f"# Zażółć\r\n{line}# end".encode())
    changed = correct(path, {2: (old, new)})
    assert path.read_bytes().decode() == f"# Zażółć\r\n{corrected or line}# end"
    assert list(changed) == ([2] if corrected else [])


def test_what_was_corrected_is_told(tmp_path: Path) -> None:
    """At the end of a run each corrected line is told; a step that is more than a slip of the pen away stays."""
    path = tmp_path / "a.feature"
    path.write_text('Feature: A\n  Scenario: B\n    Given adress "x"\n    And I store the greeting of "x" under "y"\n')
    told: list[events.Event] = []
    corrections = Corrections(told.append)
    corrections(events.ScenarioStarted(str(path), 2, "B", ()))
    for line, text in ((3, 'adress "x"'), (4, 'I store the greeting of "x" under "y"')):
        failure = failures.undefined(text, load(MODULES))
        corrections(events.StepFinished("Given", text, line, "undefined", 0.0, failure, None, None))
    corrections(events.RunFinished({}, 0.0, 2, ""))
    assert told == [events.Notice(f'{path}:3 corrected: Given address "x"', verbose_only=False)]
    assert "I store the greeting" in path.read_text()


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """It is told, and the run ends as it would have."""
    told: list[events.Event] = []
    corrections = Corrections(told.append)
    corrections(events.ScenarioStarted(str(tmp_path), 2, "B", ()))
    failure = failures.undefined('adress "x"', load(MODULES))
    corrections(events.StepFinished("Given", 'adress "x"', 3, "undefined", 0.0, failure, None, None))
    corrections(events.RunFinished({}, 0.0, 2, ""))
    assert told == [events.Notice(f"{tmp_path} cannot be corrected: Is a directory", verbose_only=False)]
