"""What the text of a step or CSV file becomes in a column of a given SQL type."""

import datetime
from collections.abc import Callable
from typing import Any

from sqlalchemy import types
from sqlalchemy.types import TypeEngine

from apitest.errors import BadValue
from apitest.language import lists
from apitest.language.flags import flag
from apitest.language.lists import ListItem
from apitest.language.literals import quoted
from apitest.tables import columns
from apitest.tables.columns import Column
from apitest.tables.csv import Target

ColumnType = TypeEngine[Any]
"""A type of a column; SQLAlchemy's own are invariant in what Python type they have."""


class ExactDecimal(types.UserDefinedType[Any]):
    """SQLite's NUMERIC, given decimals as text: what a float cannot hold exactly stays as it was written."""

    cache_ok = True

    def get_col_spec(self, **kw: Any) -> str:
        """The type's name in CREATE TABLE."""
        return "NUMERIC"


# The first that fits counts; a type that is in none of them takes text, which the database itself makes sense of.
_KINDS: tuple[tuple[type[ColumnType], str], ...] = (
    (types.Boolean, "boolean"),
    (types.Integer, "integer"),
    (types.Float, "float"),
    (types.Numeric, "decimal"),
    (ExactDecimal, "decimal"),
    (types.DateTime, "datetime"),
    (types.Date, "date"),
    (types.Time, "time"),
    (types.Uuid, "uuid"),
    (types.JSON, "json"),
    (types.LargeBinary, "binary"),
)
DECIMAL_DIGITS, DECIMAL_PLACES = 38, 10  # of a decimal column of unstated size, where the database needs one


def kind_of(column_type: ColumnType) -> str:
    """The kind of a column, as `apitest.tables.columns` calls it."""
    return next((kind for each, kind in _KINDS if isinstance(column_type, each)), "text")


def target(name: str, column_type: ColumnType, dialect: str) -> Target:
    """How texts become values of a column of an existing table."""
    kind = kind_of(column_type)
    convert = _converter(kind, column_type, dialect)
    is_text = kind == "text" and isinstance(column_type, types.String | types.NullType)
    looks = "a list such as [1, 2]" if isinstance(column_type, types.ARRAY) else columns.looks(kind)
    return Target(name, convert, looks, is_text)


def _converter(kind: str, column_type: ColumnType, dialect: str) -> Callable[[str], object]:
    plain = columns.converter(kind)
    if isinstance(column_type, types.ARRAY):
        return _array(target("", column_type.item_type, dialect))
    if kind == "decimal" and dialect == "sqlite":
        return columns.number
    if isinstance(column_type, types.DateTime) and not column_type.timezone:
        return lambda text: _without_offset(columns.moment(text))
    if column_type.__visit_name__ == "TINYINT":  # MySQL's; by name, since its dialect takes its time to import
        return _tiny_integer
    return plain


def _array(item: Target) -> Callable[[str], list[object]]:
    def convert(text: str) -> list[object]:
        inner = lists.without_brackets(text.strip())
        given = lists.values(inner) if inner.strip() else []
        return [None if each.is_null else item.convert(str(each.value)) for each in given]

    return convert


def _without_offset(moment: datetime.datetime) -> datetime.datetime:
    """A moment as a column without time zones holds it: in UTC, where an offset was given."""
    return moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _tiny_integer(text: str) -> int:
    """MySQL's Booleans are tiny integers, so both are taken."""
    try:
        return columns.integer(text)
    except ValueError:
        return int(flag(text))


def bound(target: Target, given: ListItem) -> object:
    """The value to bind for what a sentence gives.

    Raises:
        BadValue: the text does not fit the column.
    """
    text = given.value
    if given.is_null or (text == "" and not given.exact and not target.text):
        return None
    if not isinstance(text, str):
        return text
    try:
        return target.convert(text)
    except ValueError:
        raise BadValue(
            f"{quoted(text)} does not fit column {target.name}",
            f"column {target.name}",
            f"Write {target.looks}, or NULL.",
        ) from None


def created(column: Column, dialect: str) -> ColumnType:
    """The type of a new column for a declared one."""
    return _CREATED[column.kind](column, dialect)


def _decimal(column: Column, dialect: str) -> ColumnType:
    if dialect == "sqlite":
        return ExactDecimal()
    # PostgreSQL's NUMERIC keeps all digits; elsewhere it would hold whole numbers only.
    digits, places = (None, None) if dialect == "postgresql" else (DECIMAL_DIGITS, DECIMAL_PLACES)
    if column.size:
        digits, places = column.size[0], (*column.size, 0)[1]
    number: ColumnType = types.Numeric(digits, places)
    return number


def _moment(column: Column, dialect: str) -> ColumnType:
    if dialect not in {"mysql", "mariadb"}:
        return types.DateTime()
    from sqlalchemy.dialects.mysql import DATETIME

    moment: ColumnType = DATETIME(fsp=6)  # without it MySQL drops the fractions of a second
    return moment


def _json(column: Column, dialect: str) -> ColumnType:
    if dialect != "postgresql":
        return types.JSON()
    from sqlalchemy.dialects.postgresql import JSONB

    return JSONB()


_CREATED: dict[str, Callable[[Column, str], ColumnType]] = {
    "integer": lambda column, dialect: types.BigInteger(),
    "float": lambda column, dialect: types.Double(),
    "decimal": _decimal,
    "text": lambda column, dialect: types.String(column.size[0]) if column.size else types.Text(),
    "boolean": lambda column, dialect: types.Boolean(),
    "date": lambda column, dialect: types.Date(),
    "datetime": _moment,
    "time": lambda column, dialect: types.Time(),
    "uuid": lambda column, dialect: types.Uuid(),
    "binary": lambda column, dialect: types.LargeBinary(),
    "json": _json,
}
