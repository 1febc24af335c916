"""Values of a given type from the text of a step: lists, Python literals, numbers and JSON.

A value that has its type already, since it came from a stored variable, is taken as it is.
"""

import csv
import io
import json
import math

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.nesting import LEVELS, TOO_DEEP, is_too_deep
from apitest.language.numbers import is_integer, is_number
from apitest.language.shortening import WIDTH, beginning

_AFTER_QUOTE = expression(r'(?<!")"[ \t]+(?=[,\r\n]|\Z)')  # blanks that the csv module takes for a mistake
_OF_CSV = frozenset('"\r\n')
_JSON_NAMES = ("true", "false", "null")
_JSON_HINTS = (
    (("'",), "JSON puts strings and names in double quotes."),
    (("True", "False", "None"), "JSON writes true, false and null."),
    (("}", "]"), "Take away the comma before it, or add the value that is missing there."),
)


def parse_list(text: object) -> list[object]:
    """The elements of a list in CSV notation, ``a,b,"c,d"``, each stripped; a value that is a list stays one.

    Raises:
        BadValue: a quotation mark is not closed, or text follows a closing one.
    """
    if not isinstance(text, str):
        return list(text) if isinstance(text, list | tuple) else [text]
    if _OF_CSV.isdisjoint(text):  # as most are; a reader of CSV costs ten times as much
        return [element.strip() for element in text.split(",")] if text else []
    rows = csv.reader(io.StringIO(_AFTER_QUOTE.sub('"', text), newline=""), skipinitialspace=True, strict=True)
    try:
        return [element.strip() for row in rows for element in row]
    except csv.Error as error:
        raise BadValue(
            f"{quoted(text)} is not a list in CSV notation: {error}",
            fix='Put commas between the elements; one that holds a comma goes in quotation marks: a,"b,c",d',
        ) from None


def literal(text: object) -> object:
    """The value of a Python literal, such as ``[(1, 'a')]``; a value that is not a text is returned as it is.

    Raises:
        BadValue: the text is not a Python literal; names and calls are not.
    """
    if not isinstance(text, str):
        return text
    try:
        import ast  # here, since few values need it

        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        if any(name in text for name in _JSON_NAMES):  # what a variable within the text may have become
            try:
                return parse_json(text)
            except ValueError:
                pass
        raise BadValue(
            f"{quoted(text)} is not a Python literal",
            fix="Literals are numbers, 'strings', True, False, None, and [lists], (tuples), {sets}, {'a': 1}"
            " of them; names and calls are not.",
        ) from None


def integer(text: object) -> int:
    """An integer, from its decimal digits or from a value that is one; ``7.5``, ``1.0`` and True are none.

    Raises:
        BadValue: it is not an integer.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    try:
        if not isinstance(text, bool | float) and is_integer(str(text)):
            return int(str(text))
    except ValueError:  # Python reads no more than some thousands of digits
        pass
    raise BadValue(f"{quoted(text)} is not an integer", fix="Write digits only, such as 42 or -7.")


def number(text: object) -> int | float:
    """A finite number, from its decimal notation or from a value that is one; True is none. Integers stay exact.

    Raises:
        BadValue: it is not a number, or none that a float can hold.
    """
    try:
        if isinstance(text, int | float) and not isinstance(text, bool):
            found = text
        elif not isinstance(text, bool) and is_number(str(text)):
            found = int(str(text)) if is_integer(str(text)) else float(str(text))
        else:
            found = math.nan
        if math.isfinite(found):
            return found
    except (OverflowError, ValueError):  # Too large for a float, or of more digits than Python reads
        pass
    raise BadValue(f"{quoted(text)} is not a number", fix="Write it like 42, -1.5 or 6.02e23.")


def json_value(text: object, what: str) -> object:
    """The value of a JSON text; a value that is not a text is returned as it is.

    Args:
        text: the JSON.
        what: what the text is, for the error ("the request", "the file orders.json").

    Raises:
        BadValue: the text is not valid JSON; the place in it is marked.
    """
    if not isinstance(text, str):
        return text
    try:
        return parse_json(text)
    except json.JSONDecodeError as error:
        raise _bad_json(text, what, error) from None
    except ValueError as error:
        raise BadValue(f"{what[:1].upper()}{what[1:]} cannot be read as JSON: {error}", where=what) from None


def parse_json(text: str) -> object:
    """The value of a JSON text, in which no object may have a name twice, and no number is NaN or infinite.

    Raises:
        json.JSONDecodeError: it is not valid JSON.
        ValueError: it has what JSON has not, or is nested too deeply; the message says so.
    """
    try:
        # With hooks, json.loads makes a decoder each time; it is only needed to refuse a byte order mark.
        decode = json.loads if text.startswith("\ufeff") else _DECODER.decode
        document: object = decode(text)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    if text.count("[") + text.count("{") > LEVELS and is_too_deep(document):
        raise ValueError(TOO_DEEP)
    return document


def quoted(value: object) -> str:
    """A value as an error quotes it: the beginning of it, in quotation marks where it is text."""
    try:
        return beginning(f'"{value}"' if isinstance(value, str) else repr(value))
    except ValueError:  # Python writes integers of no more than some thousands of digits
        return "a very long integer"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"JSON has no {name}")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'an object has the name "{beginning(twice)}" twice')
    return members


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_object)


def _bad_json(text: str, what: str, error: json.JSONDecodeError) -> BadValue:
    """The error for a JSON text, with the line that holds the mistake and a caret below it."""
    start = text.rfind("\n", 0, error.pos) + 1
    line = text[start:].split("\n", 1)[0]
    first = max(0, error.pos - start - WIDTH // 2)
    shown = "".join(char if char.isprintable() else " " for char in line[first : first + WIDTH])
    fix = next((hint for signs, hint in _JSON_HINTS if text[error.pos :].startswith(signs)), "")
    return BadValue(
        f"{what[:1].upper()}{what[1:]} is not valid JSON: {error.msg}",
        where=f"line {error.lineno}, column {error.colno} of {what}",
        fix=fix or "Correct the JSON at the marked place.",
        excerpt=f"{shown}\n{' ' * (error.pos - start - first)}^",
    )


def utf8(text: str, what: str) -> bytes:
    """A text as it is sent, in UTF-8.

    Raises:
        BadValue: it has half of a surrogate pair in it.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        problem = f"{what} cannot be sent: {text[error.start]!r} is half of a character"
        raise BadValue(problem, fix="Only an escape in JSON can express it") from None
