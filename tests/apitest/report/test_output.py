import io
import os
import sys

import pytest

from apitest.report.output import Output, prepare


class Closed(io.StringIO):
    """A pipe whose reader went away, over a file descriptor of its own."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def write(self, text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


def test_nothing_is_shown_for_the_time_being_where_it_could_not_be_erased() -> None:
    """A line for the time being is shown on terminals only."""
    stream = io.StringIO()
    output = Output(stream, live=False, eager=False)
    output.show("in progress")
    output.write(["one", "two"])
    assert stream.getvalue() == "one\ntwo\n"


def test_closed_pipe() -> None:
    """Where nobody reads any more, all goes to nowhere, and nothing is raised."""
    reading, writing = os.pipe()
    os.close(reading)
    output = Output(Closed(writing), live=True, eager=True)
    output.write(["one"])
    output.flush()
    output.show("two")
    assert os.write(writing, b"three") == 5
    os.close(writing)


def test_what_an_encoding_lacks_is_spelt_out() -> None:
    """Typographic characters have an ASCII spelling, all others their number; what can be encoded stays."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="iso-8859-1", newline="\n")
    prepare(stream, color=False)
    stream.write("é … → ✓ \ud800\n")
    stream.flush()
    assert raw.getvalue().decode("iso-8859-1") == "é ... -> \\u2713 \\ud800\n"


def test_decoding_is_not_its_business() -> None:
    """The error handler is one of encoding only."""
    prepare(io.TextIOWrapper(io.BytesIO()), color=False)
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "apitest")


def test_colors_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows the console is made to understand colours, where they are wanted; elsewhere that does nothing."""
    monkeypatch.setattr("apitest.report.output.os.name", "nt")
    monkeypatch.delitem(sys.modules, "colorama", raising=False)
    prepare(io.StringIO(), color=False)
    assert "colorama" not in sys.modules
    prepare(io.StringIO(), color=True)
    assert "colorama" in sys.modules
