"""What behave's formatters and reporters are given: nothing in it steers a terminal or breaks an XML document.

Their own escape sequences are left alone, so the texts are mended before they get them. Each character is replaced by
one, since formatters mark the parameters of a step by their places.
"""

import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from typing import TypeVar, cast

from behave.matchers import Argument, Match
from behave.model import Table, Tag, Text
from behave.model_core import BasicStatement

from apitest.errors import said
from apitest.expressions import expression

_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\u2421", "\ufffd"
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_XML = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_OUTPUT = expression(f"[{_CONTROL}{_NO_XML}]")
_HARMFUL = expression(f"[\\x1b\\r{_CONTROL}{_NO_XML}]")
_ATTRIBUTES = ("name", "error_message", "text", "table", "description", "tags", "original", "exception")

T = TypeVar("T")
Clean = Callable[[str], str]


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


def shown(given: T, clean: Clean = text) -> T:
    """What a formatter is given: the same statement or match, whose texts are cleaned as they are read.

    A formatter may keep it, since it always is in the state in which the original is.

    Args:
        given: a statement of behave's model, a match, or anything else.
        clean: what is shown of a text.
    """
    if isinstance(given, Match):
        made = copy(given)
        made.arguments = _arguments(given.arguments or (), clean)
        return made
    return _view(given, clean) if isinstance(given, BasicStatement) else given


def _arguments(given: Sequence[Argument], clean: Clean) -> list[Argument]:
    """The parameters as they are shown; none, where their places in the step's text are no longer right."""
    made = [_view(argument, clean) for argument in given]
    same = all(len(str(one.original)) == len(str(other.original)) for one, other in zip(made, given, strict=True))
    return made if same else []


def _view(given: T, clean: Clean) -> T:
    view: T = object.__new__(_view_class(cast(type, type(given)), clean))
    view.__dict__ = given.__dict__
    return view


@lru_cache(maxsize=64)
def _view_class(kind: type, clean: Clean) -> type:
    """A class of objects that share their attributes with others, but for the texts."""
    return type(kind.__name__, (kind,), {name: _cleaned_attribute(kind, name, clean) for name in _ATTRIBUTES})


def _cleaned_attribute(kind: type, name: str, clean: Clean) -> property:
    unset = getattr(kind, name, AttributeError(name))  # a step that did not run has the None of its class

    def read(self: object) -> object:
        try:
            return _cleaned(vars(self)[name], clean)
        except KeyError:
            if unset is None:
                return None
            raise AttributeError(name) from None

    def write(self: object, value: object) -> None:
        vars(self)[name] = value

    return property(read, write)


def _cleaned(value: object, clean: Clean) -> object:
    """A text, a list of texts, a table or an exception as it is shown; anything else as it is.

    Where nothing changes, it is the object itself, which a formatter may keep and look at later.
    """
    if isinstance(value, list):
        parts = [_cleaned(part, clean) for part in value]
        return parts if parts != value else value
    if isinstance(value, Table):
        headings, rows = _cleaned(value.headings, clean), [_cleaned(row.cells, clean) for row in value.rows]
        same = headings == value.headings and rows == [row.cells for row in value.rows]
        return value if same else Table(headings, rows, value.line)
    if isinstance(value, BaseException):
        return exception(value, clean)
    return _cleaned_text(value, clean(value)) if isinstance(value, str) else value


def _cleaned_text(value: str, cleaned: str) -> str:
    if cleaned == value:
        return value
    if isinstance(value, Text):
        return cast(str, Text(cleaned, value.content_type, value.line))
    return cast(str, Tag(cleaned, value.line)) if isinstance(value, Tag) else cleaned


def exception(error: BaseException, clean: Clean) -> BaseException:
    """The error itself where it says what is shown of it, else one of its name that does."""
    told = clean(said(error))
    try:
        same = str(error) == told
    except Exception:
        same = False
    return error if same else _named_like(error, told)


def _named_like(error: BaseException, told: str) -> BaseException:
    kind = type(type(error).__name__, (Exception,), {"__module__": type(error).__module__})
    made: BaseException = kind(told)
    return made.with_traceback(error.__traceback__)
