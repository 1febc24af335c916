"""Tests of apitest_server.deploy.user_file."""

import os
from pathlib import Path

import pytest

from apitest_server.deploy import leases
from apitest_server.deploy.user_file import parse, read_whole
from apitest_server.errors import DeploymentError


def test_a_file_is_compiled_and_looked_at() -> None:
    """What it declares and imports is known without running it."""
    file = parse(Path("x.py"), b"from .a import b\nclass C(Service):\n    def handle(self): 1 / 0\n")
    assert (file.stem, file.neighbours, file.declared) == ("x", {"a"}, (("x.c", "C"),))
    assert parse(Path("x.py"), b"from .a import B\nclass C(B): pass\n").declared is None


def test_a_handler_that_is_misspelt_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Its class is no service; what only others derive from, and what has a handler beside it, is not told."""
    source = """
class A(Service):
    def handel(self): pass
class Base(Service):
    def candle_of(self): pass
class Both(Service):
    def handler(self): pass
    def handle(self): pass
class Other:
    def handel(self): pass
"""
    assert parse(Path("x.py"), source.encode()).declared == (("x.both", "Both"),)
    told = "x.py: the class `A` has no method `handle`, so nobody can call it; did you mean that by `handel`?"
    assert caplog.messages == [told]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"x = 1\nclass :\n", r"bad\.py is not valid Python: (?s:.*)bad\.py:2"),
        (b"x = 1\n\nreturn 2\n", r"bad\.py is not valid Python: 'return' outside function(?s:.*)bad\.py:3"),
        (b"x = '\0'", r"bad\.py (cannot be compiled|is not valid Python)"),
        (b"# coding: nonsense\n", r"bad\.py is not valid Python"),
        (b"-" * 100_000 + b"1", r"bad\.py (cannot be compiled|is not valid Python)"),
    ],
)
def test_what_is_no_python_is_refused(content: bytes, where: str) -> None:
    """With file and line, also where only the compiler notices."""
    with pytest.raises(DeploymentError, match=where):
        parse(Path("bad.py"), content)


def test_a_file_that_is_being_written_is_not_read(tmp_path: Path) -> None:
    """It is once whoever writes it has closed it."""
    path = tmp_path / "a.py"
    with path.open("w") as file:
        file.write("x = 1\n")
        file.flush()
        assert read_whole(path) is None
    assert read_whole(path) == b"x = 1\n"


def test_where_there_are_no_leases_a_file_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On systems and file systems without them."""
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")

    def refuse(*arguments: object) -> None:
        raise OSError(22, os.strerror(22))

    monkeypatch.setattr(leases.fcntl, "fcntl", refuse)
    assert read_whole(path) == b"x = 1\n"
    monkeypatch.setattr(leases, "fcntl", None)
    assert read_whole(path) == b"x = 1\n"
