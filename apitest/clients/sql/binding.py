"""Statements and their values as drivers take them: each has marks of its own for values, and types that it knows."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Dialect

from apitest.errors import BadValue
from apitest.language.literals import quoted
from apitest.tables.bound import Statement

_MARKS = {"qmark": "?", "format": "%s", "pyformat": "%s", "numeric": ":{}", "numeric_dollar": "${}", "named": ":v{}"}
_DOUBLED = ("format", "pyformat")  # where a percent sign begins a mark
_KNOWN = (str, int, float, Decimal, bytes, type(None))
_LARGEST = 2**63


def bound(statement: Statement, dialect: Dialect) -> tuple[str, tuple[object, ...] | Mapping[str, object]]:
    """The text of a statement with the marks of a driver, and the values as it takes them.

    Raises:
        BadValue: a value is of no type that a database has.
    """
    style = dialect.paramstyle
    values = tuple(_value(value, dialect.name) for value in statement.values)
    texts = [text.replace("%", "%%") if style in _DOUBLED else text for text in statement.texts]
    numbered = (_MARKS[style].format(number) for number in range(1, len(texts)))
    joined = texts[0] + "".join(mark + text for mark, text in zip(numbered, texts[1:], strict=True))
    return joined, {f"v{at}": value for at, value in enumerate(values, 1)} if style == "named" else values


def _value(value: object, dialect: str) -> object:
    if not isinstance(value, _KNOWN):
        raise BadValue(f"{quoted(value)} cannot be a value in a statement")
    if dialect != "sqlite":
        return value
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, int) and not -_LARGEST <= value < _LARGEST else value
