"""Text as a terminal shows it: measured in columns, shortened, wrapped, with nothing in it that could steer it."""

from functools import lru_cache
from itertools import accumulate

from apitest.expressions import expression

_CONTROL = expression(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"


def clean(text: str) -> str:
    r"""The text with control characters made visible (``\x1b``), tabs as two spaces; line ends stay."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", "  ")
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def cells(text: str) -> int:
    """How many columns the text takes; of wide characters (CJK, emoji) each takes two, of combining ones none."""
    return len(text) if text.isascii() else sum(_cell_list(text))


@lru_cache(maxsize=256)
def _cell_list(text: str) -> list[int]:
    """The columns of each character, where it stands: an emoji joined of several takes what its first one takes."""
    widths: list[int] = []
    before = ""
    for character in text:
        widths.append(0 if before == _JOINER else _character_cells(character, before))
        if character == _EMOJI_STYLE and len(widths) > 1 and widths[-2] == 1:
            widths[-2] = 2
        before = character
    return widths


def _character_cells(character: str, before: str) -> int:
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if before and "\U0001f3fb" <= character <= "\U0001f3ff":  # a skin tone is drawn into the emoji before it
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fitting(text: str, width: int) -> int:
    """How many characters of the text fit into so many columns."""
    if text.isascii():
        return min(len(text), width)
    looked = 2 * width + 2  # Of a long text only the beginning is looked at, as far as that tells
    while True:
        part = text[:looked]
        fits = sum(total <= width for total in accumulate(_cell_list(part)))
        if fits < len(part) or looked >= len(text):
            return fits
        looked *= 2


def shorten(text: str, width: int, ellipsis: str) -> str:
    """The text on one line in at most ``width`` columns; what is too much is taken out of its middle."""
    text = clean(text) if "\n" not in text else clean(" ".join(text.split()))
    if cells(text) <= width:
        return text
    space = width - len(ellipsis)
    tail = space // 2
    head = text[: _fitting(text, space - tail)]
    # Measured from the end: the characters that fit in front of the end, in reverse order.
    kept = len(text)
    while kept > len(head) and cells(text[kept - 1 :]) <= tail:
        kept -= 1
    # At the start of the tail it would make the ellipsis an emoji of two columns.
    return head + ellipsis + text[kept:].lstrip(_EMOJI_STYLE)


def pad(text: str, width: int) -> str:
    """The text, filled up with spaces to so many columns."""
    return text.ljust(width) if text.isascii() else text + " " * (width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """The text as lines of at most ``width`` columns, broken at spaces where there are some; at least one line."""
    lines: list[str] = []
    for line in clean(text).split("\n"):
        lines.extend(_wrap_line(line.rstrip(), width))
    return lines


def _wrap_line(line: str, width: int) -> list[str]:
    lines: list[str] = []
    while (fitting := _fitting(line, width)) < len(line):
        fits = max(fitting, 1)
        space = line.rfind(" ", 0, fits + 1)
        # A break that would leave little more than an indentation behind is none.
        if space <= len(line) - len(line.lstrip()) or not line[:space].strip():
            space = fits
        lines.append(line[:space].rstrip())
        line = line[space:].lstrip(" ")
    return [*lines, line]


def duration(seconds: float) -> str:
    """A time for people: ``<1 ms``, ``12 ms``, ``1.2 s``, ``2 min 5 s``."""
    milliseconds = round(seconds * 1000)
    if milliseconds < 1:
        return "<1 ms"
    if milliseconds < 1000:
        return f"{milliseconds} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 step``, ``2 steps``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
