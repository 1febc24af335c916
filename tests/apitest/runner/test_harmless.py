"""apitest.runner.harmless: what formatters and reporters get instead of characters that do harm."""

from behave.matchers import Argument, Match
from behave.model import Scenario, Step, Table, Tag, Text

from apitest.runner import harmless


def test_text() -> None:
    """Each harmful character becomes one that can be seen; line ends, tabs and letters of any script stay."""
    assert harmless.text("a\tb\nč") == "a\tb\nč"
    assert harmless.text("\x00\x1b[2J\r\x7f\x9b\u202e\ud800\uffff\U0001ffff") == "␀␛[2J␍␡\ufffd\ufffd\ufffd\ufffd\ufffd"


def test_output() -> None:
    """Of printed text, escape sequences and returns stay, which reporters take out themselves."""
    assert harmless.output("\x1b[1mbold\r\n\x00\ud800") == "\x1b[1mbold\r\n␀\ufffd"


def test_a_statement() -> None:
    """A statement is shown as it is at each time, of its own class, and the original keeps its texts."""
    step = Step("a.feature", 3, "Given", "given", "a\x07", Text("b\x07"), Table(["h\x07"], [["c\x07"]], 4))
    seen = harmless.shown(step)
    step.error_message, step.exception = "d\x07", AssertionError("e\x07")
    assert isinstance(seen, Step) and seen.line == 3
    assert (seen.name, seen.text, seen.error_message, str(seen.exception)) == ("a␇", "b␇", "d␇", "e␇")
    assert (seen.table.headings, seen.table.rows[0].cells) == (["h␇"], ["c␇"])
    assert type(seen.exception).__name__ == "AssertionError"
    assert (step.name, str(step.exception)) == ("a\x07", "e\x07")


def test_tags_and_descriptions() -> None:
    """Tags remain tags, and the lines of a description are texts."""
    scenario = Scenario("a.feature", 1, "Scenario", "S", [Tag("t\x07", 1)], description=["d\x07"])
    seen = harmless.shown(scenario)
    assert seen.tags == ["t␇"] and isinstance(seen.tags[0], Tag)
    assert seen.description == ["d␇"]


def test_a_match() -> None:
    """The parameters of a match are mended, each at its place."""
    seen = harmless.shown(Match(lambda: None, [Argument(0, 2, "a\x07", "a\x07")]))
    assert [(each.original, each.start, each.end) for each in seen.arguments] == [("a␇", 0, 2)]


def test_anything_else() -> None:
    """What is no statement is passed on."""
    assert harmless.shown("a\x07") == "a\x07"
