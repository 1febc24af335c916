"""What behave's formatters and reporters are given: nothing in it steers a terminal or breaks an XML document.

Their own escape sequences are left alone, so the texts are mended before they get them. Each character is replaced by
one, since formatters mark the parameters of a step by their places.
"""

import re
from copy import copy
from functools import cache
from typing import TypeVar, cast

from behave.matchers import Match
from behave.model import Table, Tag, Text
from behave.model_core import BasicStatement

_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\u2421", "\ufffd"
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_XML = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_OUTPUT = re.compile(f"[{_CONTROL}{_NO_XML}]")
_HARMFUL = re.compile(f"[\\x1b\\r{_CONTROL}{_NO_XML}]")
_ATTRIBUTES = ("name", "error_message", "text", "table", "description", "tags", "original", "exception")

T = TypeVar("T")


def text(given: str) -> str:
    """The text with a visible character for each that is none, or that XML has not; tabs and line ends stay."""
    return given if given.isprintable() else _HARMFUL.sub(_visible, given)


def output(given: str) -> str:
    """What a program printed: as `text`, but with its escape sequences, which reporters take out, and its returns."""
    return given if given.isprintable() else _OUTPUT.sub(_visible, given)


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return _DELETE if code == 0x7F else _UNKNOWN


def shown(given: T) -> T:
    """What a formatter is given: the same statement or match, whose texts are mended as they are read.

    A formatter may keep it, since it always is in the state in which the original is.
    """
    if isinstance(given, Match):
        made = copy(given)
        made.arguments = [_view(argument) for argument in given.arguments or ()]
        return made
    return _view(given) if isinstance(given, BasicStatement) else given


def _view(given: T) -> T:
    view: T = object.__new__(_view_class(cast(type, type(given))))
    view.__dict__ = given.__dict__
    return view


@cache
def _view_class(kind: type) -> type:
    """A class of objects that share their attributes with others, but for the texts."""
    return type(kind.__name__, (kind,), {name: _mended(name) for name in _ATTRIBUTES})


def _mended(name: str) -> property:
    def read(self: object) -> object:
        try:
            return mended(vars(self)[name])
        except KeyError:
            raise AttributeError(name) from None

    def write(self: object, value: object) -> None:
        vars(self)[name] = value

    return property(read, write)


def mended(value: object) -> object:
    """A text, a list of texts, a table or an exception without harmful characters; anything else as it is.

    Where there are none, it is the object itself, which a formatter may keep and look at later.
    """
    if isinstance(value, list):
        parts = [mended(part) for part in value]
        return parts if parts != value else value
    if isinstance(value, Table):
        headings, rows = mended(value.headings), [mended(row.cells) for row in value.rows]
        return Table(headings, rows, value.line) if headings != value.headings or rows != _cells(value) else value
    if isinstance(value, BaseException):
        return _exception(value)
    return _mended_text(value) if isinstance(value, str) and text(value) != value else value


def _cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows]


def _mended_text(value: str) -> object:
    if isinstance(value, Text):
        return Text(text(value), value.content_type, value.line)
    return Tag(text(value), value.line) if isinstance(value, Tag) else text(value)


def _exception(error: BaseException) -> BaseException:
    if text(str(error)) == str(error):
        return error
    kind = type(type(error).__name__, (Exception,), {"__module__": type(error).__module__})
    made: BaseException = kind(text(str(error)))
    return made.with_traceback(error.__traceback__)
