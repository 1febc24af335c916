import ast
from pathlib import Path

import pytest

from apitest.commands.migrate.own_steps import OwnSentences, StepFunction, step_functions


def sentences(directory: Path, source: str) -> OwnSentences:
    """Those of one file."""
    path = directory / "steps.py"
    path.write_text(source, "utf-8")
    return OwnSentences([path])


def test_a_sentence_is_read_with_whatever_its_parameters_hold(tmp_path: Path) -> None:
    """Parameters take any text, capital letters do not matter, and the rest has to be there."""
    own = sentences(tmp_path, "@given('I have {count:d} of \"{name}\"')\ndef step(ctx, count, name): pass\n")
    assert own.read('I have 3 of "tea"')
    assert own.read('i HAVE many of ""')
    assert not own.read('I have 3 of "tea" today')
    assert not own.read("I have nothing")


def test_regular_expressions_are_read_as_such(tmp_path: Path) -> None:
    """Where a file says so; one that cannot be compiled may read anything."""
    source = "use_step_matcher('re')\n@when(r'a (b|c)+')\ndef step(ctx): pass\n"
    assert sentences(tmp_path, source).read("a bcb")
    assert not sentences(tmp_path, source).read("a d")
    assert sentences(tmp_path, source.replace("(b|c)+", "(")).read("anything")


@pytest.mark.parametrize("source", ["def broken(:", "@given\ndef a(ctx): pass\n", "@fixture('a')\ndef a(ctx): pass\n"])
def test_what_declares_no_sentence_reads_nothing(tmp_path: Path, source: str) -> None:
    """A file that is not Python, a decorator without a sentence, another decorator."""
    assert not sentences(tmp_path, source).read("a")


def test_a_file_that_is_gone_reads_nothing(tmp_path: Path) -> None:
    """It is not an error."""
    assert not OwnSentences([tmp_path / "gone.py"]).read("a")


def test_steps_that_take_the_raw_text_are_told_apart() -> None:
    """Those with parameters and without obtain_values; other functions are not steps."""
    source = (
        "@given('a {b}')\ndef raw(ctx, b): pass\n"
        "@behave.then('a {b}')\n@util.obtain_values\ndef resolved(ctx, b): pass\n"
        "@step('a')\ndef plain(ctx): pass\n"
        "def other(ctx, b): pass\n"
    )
    found = step_functions(ast.parse(source))
    assert found == [StepFunction("raw", True), StepFunction("resolved", False), StepFunction("plain", False)]
