"""Where a report writes: line by line, with a last line that can be erased, and nothing lost on odd streams."""

import codecs
import os
from collections.abc import Iterable
from typing import TextIO

_ERASE = "\r\x1b[2K"
_FLUSH_AFTER = 0.2
_ASCII = {"…": "...", "–": "-", "—": "-", "→": "->", "·": "|", "’": "'", "“": '"', "”": '"', "×": "x"}


class Output:
    """Lines to a stream.

    Args:
        stream: where to write.
        live: whether :meth:`show` shows anything.
        eager: whether every :meth:`flush` is one.
    """

    def __init__(self, stream: TextIO, live: bool, eager: bool) -> None:
        self._stream = stream
        self._live = live
        self._shown = False
        self._eager = eager or live
        self._unflushed = _FLUSH_AFTER

    def write(self, lines: Iterable[str]) -> None:
        """Writes lines in place of the one that is shown for the time being."""
        self._put("\n".join(lines) + "\n")
        self._shown = False

    def show(self, line: str) -> None:
        """Shows a line until the next one is written or shown; on a terminal only."""
        if self._live:
            self._put(line)
            self._shown = True
            self.flush()

    def _put(self, text: str) -> None:
        try:
            self._stream.write(_ERASE + text if self._shown else text)
        except BrokenPipeError:
            go_nowhere(self._stream)

    def flush(self, seconds: float = _FLUSH_AFTER) -> None:
        """Makes lines seen: at once on a terminal, and into a pipe the first one and then a few times a second.

        Args:
            seconds: how long it took to produce what is not flushed yet; without it, the flush is immediate.
        """
        self._unflushed += seconds
        if self._eager or self._unflushed >= _FLUSH_AFTER:
            self._unflushed = 0.0
            try:
                self._stream.flush()
            except BrokenPipeError:
                go_nowhere(self._stream)


def go_nowhere(stream: TextIO) -> None:
    """The reader went away (``apitest run | head``): the run goes on unseen, and the last flush succeeds."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def prepare(stream: TextIO, color: bool) -> None:
    """Makes a stream ready: nothing that is written to it can raise an encoding error; on Windows, colours work."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        codecs.register_error("apitest", _spelt_out)
        reconfigure(errors="apitest")
    if color and os.name == "nt":
        import colorama

        colorama.just_fix_windows_console()


def _spelt_out(error: UnicodeError) -> tuple[str | bytes, int]:
    """Typographic characters as ASCII has them; any other that the encoding lacks by its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    spelt = (_ASCII.get(c) or c.encode("ascii", "backslashreplace").decode("ascii") for c in characters)
    return "".join(spelt), error.end
