import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.report import text

ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80) | st.text("ab 日é\n👩‍️🏽", max_size=80)


@pytest.mark.parametrize(
    ("shown", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("Łódź", 4),
        ("e\u0301", 1),
        ("日本", 4),
        ("👍", 2),
        ("👍🏽", 2),
        ("❤️", 2),
        ("👩‍👩‍👧", 2),
        ("🏽", 2),
    ],
)
def test_cells(shown: str, columns: int) -> None:
    """Wide characters take two columns, combining ones none, joined emoji what one takes."""
    assert text.cells(shown) == columns


@given(ANY, st.integers(10, 90))
def test_shortened_text_fits(long: str, width: int) -> None:
    """A shortened text fits, on one line; one that fits anyway stays as it is."""
    short = text.shorten(long, width, "…")
    assert text.cells(short) <= width
    assert "\n" not in short
    if long.isprintable() and text.cells(long) <= width:
        assert short == long


def test_text_is_shortened_in_its_middle() -> None:
    """Start and end remain."""
    assert text.shorten("abcdefghij", 7, "…") == "abc…hij"
    assert text.shorten("日本日本日本", 7, "…") == "日…本"
    assert text.shorten("one\n  two", 20, "…") == "one two"


def test_an_emoji_style_at_the_cut_is_left_out() -> None:
    """It would make the ellipsis two columns wide."""
    short = text.shorten("0000\u2d680\ufe0f00\u2d68\u2d68", 13, "…")
    assert text.cells(text.shorten("ab\u2d68\ufe0fcdef", 5, "…")) <= 5
    assert text.cells(short) <= 13


@given(ANY, st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_only_spaces(long: str, width: int) -> None:
    """Wrapped lines fit; everything but spaces is still there, in order."""
    lines = text.wrap(long, width)
    assert all(text.cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.clean(long).split())


def test_text_is_wrapped_at_spaces() -> None:
    """Words stay whole where they can; a line is never broken in its indentation."""
    assert text.wrap("one two three", 7) == ["one two", "three"]
    assert text.wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert text.wrap("    abcdefgh", 6) == ["    ab", "cdefgh"]
    assert text.wrap("a\nb", 9) == ["a", "b"]
    assert text.wrap("", 9) == [""]


def test_clean() -> None:
    """Control characters and marks that turn the direction of text become visible; line ends stay."""
    assert text.clean("a\tb\r\nc\x1b[1m\u202e\x9b") == "a  b\nc\\x1b[1m\\u202e\\x9b"


def test_pad() -> None:
    """A text is filled up to its column, whatever its characters' width."""
    assert (text.pad("ab", 4), text.pad("日", 4), text.pad("日本日", 4)) == ("ab  ", "日  ", "日本日")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "<1 ms"),
        (0.0004, "<1 ms"),
        (0.0009, "1 ms"),
        (0.0126, "13 ms"),
        (0.9996, "1.0 s"),
        (1.24, "1.2 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (125, "2 min 5 s"),
    ],
)
def test_duration(seconds: float, shown: str) -> None:
    """Times are told with as much precision as a person wants."""
    assert text.duration(seconds) == shown


def test_count() -> None:
    """One is singular."""
    assert (text.count(1, "step"), text.count(0, "step")) == ("1 step", "0 steps")
