"""The limits find what they are there to find, and what they leave alone."""

import re
from pathlib import Path

import pytest

from tests.house import __main__ as command
from tests.house import limits


@pytest.fixture
def limit() -> limits.Limits:
    """The limits of limits.toml."""
    return limits.read()


def written(directory: Path, text: str, name: str = "module.py") -> Path:
    """A file of a text."""
    path = directory / name
    path.write_text(text, "utf-8")
    return path


def test_uses_of_any_count_and_its_import_does_not(tmp_path: Path) -> None:
    """Two uses in ten lines are 200 in a thousand."""
    path = written(tmp_path, "from typing import Any\n\nx: Any = 1\ny: list[Any] = []\n" + "\n" * 6)
    assert limits.any_per_1000_lines([path]) == 200


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("This is no JSON", True),
        ("the very one", True),
        ("It is to be a list", True),
        ("There is no such file", False),
        ("It is no longer there", False),
        ("This is not valid JSON", False),
    ],
)
def test_vague_words_of_texts(tmp_path: Path, limit: limits.Limits, text: str, is_vague: bool) -> None:
    """They are found in a string and in a document, and not in a comment."""
    assert bool(limits.vague_lines([written(tmp_path, f'x = "{text}"\n')], limit.phrases)) == is_vague
    assert bool(limits.vague_lines([written(tmp_path, text, "manual.md")], limit.phrases)) == is_vague
    assert not limits.vague_lines([written(tmp_path, f"x = 1  # {text}\n", "comment.py")], limit.phrases)


def test_a_line_is_named_where_it_is(tmp_path: Path) -> None:
    """The third line of a docstring is the file's fourth."""
    path = written(tmp_path, 'x = 1\n"""One.\n\nvague\n"""\n')
    assert limits.vague_lines([path], re.compile("vague")) == ["module.py:4: vague"]


def test_long_files_and_functions(tmp_path: Path, limit: limits.Limits) -> None:
    """One line over the limit is too long, the limit itself is not."""
    short = "def f():\n" + "    x = 1\n" * (limit.function - 1)
    assert limits.too_long([written(tmp_path, short)], limit) == {}
    limits.syntax.cache_clear()
    assert list(limits.too_long([written(tmp_path, short + "    x = 1\n")], limit)) == ["module.py:f"]
    limits.syntax.cache_clear()
    assert list(limits.too_long([written(tmp_path, "x = 1\n" * (limit.file + 1))], limit)) == ["module.py"]


def test_the_tree_keeps_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    """`make lint` passes: nothing has risen, and nothing new is too long."""
    assert command.main([]) == 0, capsys.readouterr()


def test_a_rise_fails_and_a_fall_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over the limit it exits with 1 and says by how much; --lower writes the smaller figures into the file."""
    text = limits.FILE.read_text("utf-8")
    file = written(
        tmp_path, re.sub("^any_per_1000_lines = .*$", "any_per_1000_lines = 0.0", text, flags=re.M), "l.toml"
    )
    monkeypatch.setattr(limits, "FILE", file)
    assert command.main([]) == 1
    assert "any_per_1000_lines rose from 0.0 to " in capsys.readouterr().err
    file.write_text(re.sub("^any_per_1000_lines = .*$", "any_per_1000_lines = 999.0", text, flags=re.M), "utf-8")
    assert command.main(["--lower"]) == 0
    assert limits.read().any_per_1000_lines == limits.any_per_1000_lines(limits.product())
