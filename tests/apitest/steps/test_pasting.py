"""apitest.steps.pasting: what names in statements stand for."""

import pytest

from apitest.errors import BadValue
from apitest.language.values import Named
from apitest.steps import pasting
from apitest.tables.bound import Statement
from tests.apitest.steps.playing import Play


class _Step:
    """What a step is given."""

    def __init__(self, play: Play, text: str | None = None) -> None:
        self.zato, self.text, self.table = play.zato, text, None


def test_values(play: Play) -> None:
    """A name in braces is a value; a name alone, in a sentence, is all of the statement."""
    play('I store "SELECT 1" under "sql"')
    assert pasting.in_text(_Step(play), "#sql") == ["SELECT 1"]
    assert pasting.in_text(_Step(play), "a #{sql}") == ["a ", Named("SELECT 1", "#{sql}"), ""]
    assert pasting.in_doc_string(_Step(play, "#sql #{sql}")) == ["#sql ", Named("SELECT 1", "#{sql}"), ""]
    assert pasting.in_text(_Step(play), 5) == ["5"]
    with pytest.raises(BadValue, match="doc string"):
        pasting.in_doc_string(_Step(play))


def test_pasted(play: Play) -> None:
    """Names that a step lists are parts of the statement for the rest of the scenario, whichever sign they have."""
    play('I store "t" under "table"', 'variables "table" are pasted into statements')
    play('variables "#other, $SECRET" are pasted into statements')
    assert pasting.in_text(_Step(play), "a #{table} ${SECRET}") == ["a ", "t", " ", "s3cret-value", ""]
    play.zato.start_scenario()
    assert pasting.in_text(_Step(play), "a #{table}")[1] == Named("t", "#{table}")


def test_hints() -> None:
    """A statement with values that was refused tells how a part of a statement is given; others do not."""
    with pytest.raises(BadValue) as caught, pasting.hinting(Statement(("", ""), (1,), "")):
        raise BadValue("refused", fix="Correct it.")
    assert caught.value.fix.startswith("Correct it.\n") and "are pasted into statements" in caught.value.fix
    with pytest.raises(BadValue) as caught, pasting.hinting("SELECT"):
        raise BadValue("refused")
    assert not caught.value.fix
