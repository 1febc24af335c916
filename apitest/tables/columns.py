"""Columns with a name and a kind, ``id:integer``, and the values that text stands for in each kind.

CSV files, data tables in features and SQL statements all hold text; a column's kind says what a text of it means.
"""

import datetime
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.flags import flag
from apitest.language.literals import parse_json
from apitest.language.numbers import is_integer, is_number
from apitest.language.suggestions import near_misses

Convert = Callable[[str], object]

_OPENED, _CLOSED = expression(r"[A-Za-z ]\(\s*\d+\s*\Z"), expression(r"\s*\d+\s*\)\s*\Z")
_TYPE = expression(r"\s*([A-Za-z][A-Za-z ]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*")


def integer(text: str) -> int:
    """The integer that a text is; raises ValueError for any other text."""
    if not (text.isascii() and text.isdigit()) and not is_integer(text):  # most are digits only: no second look
        raise ValueError
    return int(text)


def number(text: str) -> str:
    """A text that is a number, without spaces around it; raises ValueError for any other text."""
    if not is_number(text):
        raise ValueError
    return text.strip()


def _float(text: str) -> float:
    return float(number(text))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(number(text))
    except InvalidOperation:  # an exponent beyond all bounds
        raise ValueError from None


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text.strip())


def moment(text: str) -> datetime.datetime:
    """The date and time that a text is, in ISO 8601; raises ValueError for any other text."""
    return datetime.datetime.fromisoformat(text.strip())


def _time(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text.strip())


def _binary(text: str) -> bytes:
    if text[:2].lower() in {"0x", "\\x"}:
        return bytes.fromhex(text[2:])
    return text.encode()


# kind -> (what makes a value of a text, and may raise ValueError; how such a text looks)
_KINDS: dict[str, tuple[Convert, str]] = {
    "integer": (integer, "digits only, such as 42 or -7"),
    "float": (_float, "a number such as 1.5 or 6.02e23"),
    "decimal": (_decimal, "a number such as 19.90"),
    "text": (str, "any text"),
    "boolean": (flag, "true or false, yes or no, 1 or 0"),
    "date": (_date, "a date such as 2024-02-29"),
    "datetime": (moment, "a date and time such as 2024-02-29T12:30:00"),
    "time": (_time, "a time of day such as 12:30:00"),
    "uuid": (lambda text: uuid.UUID(text.strip()), "a UUID such as 123e4567-e89b-12d3-a456-426614174000"),
    "binary": (_binary, "hexadecimal digits after 0x, such as 0xCAFE, or any text"),
    "json": (parse_json, 'JSON, such as {"a": 1}'),
}
_NAMES = {
    **{kind: kind for kind in _KINDS},
    **dict.fromkeys(("int", "bigint", "smallint", "tinyint", "mediumint", "serial", "bigserial"), "integer"),
    **dict.fromkeys(("biginteger", "smallinteger"), "integer"),  # as SQLAlchemy has it, like some of those below
    **dict.fromkeys(("double", "double precision", "real"), "float"),
    **dict.fromkeys(("numeric", "number"), "decimal"),
    **dict.fromkeys(("string", "str", "varchar", "char", "character varying", "unicode", "clob"), "text"),
    **dict.fromkeys(("unicodetext", "nvarchar", "nchar", "tinytext", "mediumtext", "longtext"), "text"),
    **dict.fromkeys(("bool",), "boolean"),
    **dict.fromkeys(("timestamp",), "datetime"),
    **dict.fromkeys(("blob", "bytes", "bytea", "varbinary", "largebinary"), "binary"),
}


class Column(NamedTuple):
    """A column as a header declares it.

    Attributes:
        name: its name.
        kind: one of the kinds: integer, float, decimal, text, boolean, date, datetime, time, uuid, binary, json.
        size: the figures in ``varchar(20)`` or ``decimal(10,2)``; empty where there are none.
        typed: whether a kind was written down.
    """

    name: str
    kind: str = "text"
    size: tuple[int, ...] = ()
    typed: bool = False


def column(text: str, where: str = "") -> Column:
    """The column that ``name`` or ``name:type`` declares; an unknown type after a colon is an error.

    Raises:
        BadValue: there is no name, or no such type.
    """
    name, colon, written = text.partition(":")
    if not name.strip():
        raise BadValue("A column has no name", where, "Give each column a name, such as id or id:integer.")
    if not colon:
        return Column(name.strip())
    return typed(name.strip(), written, where)


def typed(name: str, written: str, where: str = "") -> Column:
    """The column of a name and a type as written, such as ``varchar(20)``.

    Raises:
        BadValue: there is no such type.
    """
    match = _TYPE.fullmatch(written)
    kind = _NAMES.get(match[1].casefold()) if match else None
    if match is None or kind is None:
        likely = near_misses(written.strip(), _NAMES, limit=1)
        fix = f"Did you mean {likely[0]}?\n" if likely else ""
        raise BadValue(
            f'Column {name} has the type "{written.strip()}", which does not exist',
            where,
            f"{fix}The types are {', '.join(_KINDS)}.",
        )
    size = tuple(int(figure) for figure in match.groups()[1:] if figure)
    return Column(name, kind, size, typed=True)


def whole(fields: Sequence[str]) -> list[str]:
    """The fields of a line of types; those of ``numeric(10,2)``, which a comma has cut in two, are one again."""
    joined: list[str] = []
    for field in fields:
        if joined and _CLOSED.match(field) and _OPENED.search(joined[-1]):
            joined[-1] += f",{field}"
        else:
            joined.append(field)
    return joined


def check_names(columns: Sequence[Column], where: str) -> None:
    """That no two columns have one name.

    Raises:
        BadValue: a name comes twice.
    """
    seen: set[str] = set()
    for each in columns:
        if each.name in seen:
            raise BadValue(f"Two columns are called {each.name}", where, "Rename one of them.")
        seen.add(each.name)


def converter(kind: str) -> Convert:
    """What makes a value of a text; it raises ValueError where the text is none of the kind, as `looks` tells."""
    return _KINDS[kind][0]


def looks(kind: str) -> str:
    """How a text of that kind looks, for an error."""
    return _KINDS[kind][1]
