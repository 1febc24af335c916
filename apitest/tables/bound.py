"""PURE: statements with names in braces, whose values are bound to them and never become a part of them.

While a text is cut into its statements, a mark stands for each value: two NUL characters, which no statement can hold,
around its number. A name within a string makes the whole string a value; one within a quoted name cannot be bound.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.embedding import plain
from apitest.language.values import Named

PASTING = 'Given variables "…" are pasted into statements'

_MARK = expression("\0([0-9]+)\0")
_NUMBER = expression(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,15})?")


class Statement(NamedTuple):
    """A statement and the values that are bound to it.

    Attributes:
        texts: what stands before, between and behind the values: one more than there are of them.
        values: in their order; those that stood in a string are texts.
        shown: the statement as it was written.
    """

    texts: tuple[str, ...]
    values: tuple[object, ...]
    shown: str


def shown(statement: str | Statement) -> str:
    """A statement as it was written."""
    return statement if isinstance(statement, str) else statement.shown


class Token(NamedTuple):
    """A part of a statement, as its language has it.

    Attributes:
        text: the part.
        string: what it says, where it is a string in quotes; None for anything else.
        is_name: whether it is a name in quotes.
        is_comment: whether it is a comment.
    """

    text: str
    string: str | None = None
    is_name: bool = False
    is_comment: bool = False


Tokens = Callable[[str], Iterator[Token]]
Cut = Callable[[str], Sequence[str]]


def statements(pieces: Sequence[str | Named], cut: Cut, tokens: Tokens, numbers: bool = False) -> list[str | Statement]:
    """The statements of a text; those without values are texts.

    Args:
        pieces: the text, with the values that stand in it.
        cut: cuts a text into its statements.
        tokens: the parts of a statement: its strings, quoted names, comments, and all the rest.
        numbers: whether a text that is a number is bound as one where it is not in quotes.

    Raises:
        BadValue: a value stands in a name, or the text holds NUL characters.
    """
    given = [piece for piece in pieces if isinstance(piece, Named)]
    text = "".join(piece if isinstance(piece, str) else "\0" for piece in pieces)
    if text.count("\0") != len(given):
        raise BadValue("A statement cannot hold NUL characters")
    number = iter(range(len(given)))
    marked = re.sub("\0", lambda _: f"\0{next(number)}\0", text)
    return [_statement(part, given, tokens, numbers) for part in cut(marked)]


def _statement(marked: str, given: Sequence[Named], tokens: Tokens, numbers: bool) -> str | Statement:
    texts, values = [""], list[object]()

    def add(value: object) -> None:
        values.append(value)
        texts.append("")

    for token in tokens(marked) if "\0" in marked else (Token(marked),):
        marks = list(_MARK.finditer(token.text))
        if not marks or token.is_comment:
            texts[-1] += _shown(token.text, given)
        elif token.is_name:
            raise _in_a_name(given[int(marks[0][1])])
        elif token.string is not None:
            add(_MARK.sub(lambda mark: plain(given[int(mark[1])].value), token.string))
        else:
            for text, value in _between(token.text, given, numbers):
                texts[-1] += text
                if value:
                    add(value[0])
    return Statement(tuple(texts), tuple(values), _shown(marked, given)) if values else texts[0]


def _between(text: str, given: Sequence[Named], numbers: bool) -> Iterator[tuple[str, tuple[object] | None]]:
    """Texts, each with the value behind it; a list stands for its elements with commas between them."""
    done = 0
    for mark in _MARK.finditer(text):
        value = given[int(mark[1])].value
        elements = value if isinstance(value, list | tuple) and value else [None] if value in ([], ()) else [value]
        before = text[done : mark.start()]
        for element in elements:
            yield before, (_scalar(element, numbers),)
            before = ", "
        done = mark.end()
    yield text[done:], None


def _scalar(value: object, numbers: bool) -> object:
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    if numbers and isinstance(value, str) and (number := _NUMBER.fullmatch(value)):
        return Decimal(value) if number[1] else int(value)
    return value


def _shown(text: str, given: Sequence[Named]) -> str:
    return _MARK.sub(lambda mark: given[int(mark[1])].written, text)


def _in_a_name(given: Named) -> BadValue:
    return BadValue(
        f"{given.written} stands in the name of a table or column, which cannot be bound",
        fix=f"To put what it holds into the statement as it is: {PASTING}",
    )
