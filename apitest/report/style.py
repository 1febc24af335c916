"""What a terminal can show (colours, characters, width) and how the states of a run look on it."""

import os
from collections.abc import Mapping
from typing import NamedTuple, TextIO

RED, GREEN, YELLOW, CYAN, BOLD, DIM = "31", "32", "33", "36", "1", "2"

PIPE_WIDTH = 100
_NARROWEST, _WIDEST = 40, 400


class State(NamedTuple):
    """A final state of a step or scenario: its mark, its mark in ASCII, its colour and its word in the totals."""

    mark: str
    ascii: str
    color: str
    word: str


_FAILED = State("✗", "x", RED, "failed")
_ERROR = State("!", "!", RED, "in error")
_UNDEFINED = State("?", "?", YELLOW, "undefined")
_PENDING = State("~", "~", YELLOW, "pending")

# By the names that behave gives the states.
STATES = {
    "passed": State("✓", "+", GREEN, "passed"),
    "failed": _FAILED,
    "error": _ERROR,
    "hook_error": _ERROR,
    "cleanup_error": _ERROR,
    "undefined": _UNDEFINED,
    "untested_undefined": _UNDEFINED,
    "pending": _PENDING,
    "pending_warn": _PENDING,
    "untested_pending": _PENDING,
    "tried_again": State("↻", "~", YELLOW, "tried again"),
    "skipped": State("–", "-", DIM, "skipped"),
    "untested": State("○", "o", DIM, "not run"),
}
QUIET = ("passed", "skipped", "untested", "pending_warn", "untested_pending")


class Style(NamedTuple):
    """How to write for one stream.

    Attributes:
        color: whether escape sequences for colours are understood and wanted.
        unicode: whether characters beyond ASCII can be shown.
        width: columns of a line.
    """

    color: bool = False
    unicode: bool = True
    width: int = PIPE_WIDTH

    def paint(self, text: str, *codes: str) -> str:
        """The text in these colours, or as it is where there are none."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and text else text

    def mark(self, status: str) -> str:
        """The painted mark of a state."""
        state = STATES.get(status, _ERROR)
        return self.paint(state.mark if self.unicode else state.ascii, state.color)

    @property
    def ellipsis(self) -> str:
        """What stands for text left out."""
        return "…" if self.unicode else "..."

    @property
    def arrow(self) -> str:
        """What leads to the way out of a failure."""
        return "→" if self.unicode else "->"

    @property
    def dot(self) -> str:
        """What stands between facts on one line."""
        return "·" if self.unicode else "|"

    @property
    def column(self) -> int:
        """Where numbers end that stand at the right of a line: near enough to be read along with its start."""
        return min(self.width, PIPE_WIDTH)


def detect(stream: TextIO, environ: Mapping[str, str]) -> Style:
    """The style for a stream, by what it is and what the user's environment asks for."""
    return Style(_wants_color(stream, environ), _shows_unicode(stream, environ), _width(stream, environ))


def is_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether a line shown on the stream can be erased again."""
    return stream.isatty() and environ.get("TERM") != "dumb"


def _wants_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    # https://no-color.org, https://force-color.org, https://bixense.com/clicolors
    if environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if environ.get(name):
            return environ[name] != "0"
    return is_live(stream, environ) and environ.get("CLICOLOR") != "0"


def _shows_unicode(stream: TextIO, environ: Mapping[str, str]) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    # The console of Linux itself has no glyphs for the marks.
    return encoding.lower().replace("_", "-").startswith("utf") and environ.get("TERM") != "linux"


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    asked = environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() else 0
    if not width and stream.isatty():
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return min(max(width or PIPE_WIDTH, _NARROWEST), _WIDEST)
