import io
import os
import pty

import pytest

from apitest.report.style import PIPE_WIDTH, STATES, Style, detect, is_live


class Stream(io.StringIO):
    """A stream of an encoding that is a terminal or not."""

    def __init__(self, terminal: bool, encoding: str | None = "utf-8") -> None:
        super().__init__()
        self._terminal = terminal
        self._encoding = encoding

    @property
    def encoding(self) -> str | None:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("terminal", "environ", "color"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"FORCE_COLOR": "0"}, False),
        (False, {"CLICOLOR_FORCE": "1"}, True),
        (True, {"CLICOLOR": "0"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_color(terminal: bool, environ: dict[str, str], color: bool) -> None:
    """Colours are used on terminals, unless the user's environment asks for something else."""
    assert detect(Stream(terminal), environ).color is color


@pytest.mark.parametrize(
    ("encoding", "environ", "unicode"),
    [
        ("utf-8", {}, True),
        ("UTF_8", {}, True),
        (None, {}, True),
        ("ascii", {}, False),
        ("iso-8859-1", {}, False),
        ("utf-8", {"TERM": "linux"}, False),
    ],
)
def test_unicode(encoding: str | None, environ: dict[str, str], unicode: bool) -> None:
    """Marks beyond ASCII are used where the stream's encoding has them all."""
    assert detect(Stream(False, encoding), environ).unicode is unicode


@pytest.mark.parametrize(
    ("terminal", "environ", "width"),
    [
        (False, {}, PIPE_WIDTH),
        (False, {"COLUMNS": "72"}, 72),
        (False, {"COLUMNS": "nonsense"}, PIPE_WIDTH),
        (False, {"COLUMNS": "3"}, 40),
        (False, {"COLUMNS": "100000"}, 400),
        (True, {}, PIPE_WIDTH),
    ],
)
def test_width(terminal: bool, environ: dict[str, str], width: int) -> None:
    """The width is what the environment says, else the terminal, else that of a pipe; never absurd."""
    assert detect(Stream(terminal), environ).width == width


def test_width_of_a_terminal() -> None:
    """A real terminal is asked for its width; a new one has none."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as stream:
        assert detect(stream, {}).width == PIPE_WIDTH
        assert is_live(stream, {}) and not is_live(stream, {"TERM": "dumb"})
        import termios

        termios.tcsetwinsize(leader, (24, 97))
        assert detect(stream, {}).width == 97
    os.close(leader)


def test_paint() -> None:
    """Text is painted where there are colours; nothing is painted where there is no text."""
    assert Style(color=True).paint("a", "1", "31") == "\x1b[1;31ma\x1b[0m"
    assert Style(color=True).paint("", "1") == ""
    assert Style().paint("a", "1") == "a"


def test_marks() -> None:
    """Every state has a mark of one column, and one in ASCII; an unknown state is marked as an error."""
    assert all(len(state.mark) == 1 and state.ascii.isascii() and len(state.ascii) == 1 for state in STATES.values())
    assert Style(unicode=False).mark("passed") == "+"
    assert Style().mark("xfailed") == "!"


def test_characters() -> None:
    """Without Unicode, ASCII stands in."""
    assert [(s.ellipsis, s.arrow, s.dot) for s in (Style(), Style(unicode=False))] == [
        ("…", "→", "·"),
        ("...", "->", "|"),
    ]


def test_numbers_stay_near() -> None:
    """On wide terminals numbers at the right do not run away from their names."""
    assert (Style(width=80).column, Style(width=300).column) == (80, PIPE_WIDTH)
