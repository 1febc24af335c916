"""What texts become in a column of an SQL type."""

import datetime
import decimal
from typing import Any

import pytest
from sqlalchemy import types

from apitest.clients.sql import types as sql_types
from apitest.errors import BadValue
from apitest.language.lists import ListItem


@pytest.mark.parametrize(
    ("column_type", "kind"),
    [
        (types.Boolean(), "boolean"),
        (types.BigInteger(), "integer"),
        (types.Double(), "float"),
        (types.Numeric(10, 2), "decimal"),
        (sql_types.ExactDecimal(), "decimal"),
        (types.TIMESTAMP(), "datetime"),
        (types.Date(), "date"),
        (types.Uuid(), "uuid"),
        (types.Text(), "text"),
        (types.NullType(), "text"),
    ],
)
def test_kinds(column_type: Any, kind: str) -> None:
    """Each type of a column is of one kind; an unknown one takes text."""
    assert sql_types.kind_of(column_type) == kind


@pytest.mark.parametrize(
    ("column_type", "dialect", "given", "value"),
    [
        (types.Integer(), "postgresql", ListItem("7"), 7),
        (types.Integer(), "postgresql", ListItem(""), None),
        (types.Text(), "postgresql", ListItem(""), ""),
        (types.Integer(), "postgresql", ListItem(7, True), 7),
        (types.Numeric(), "postgresql", ListItem("1.10"), decimal.Decimal("1.10")),
        (types.ARRAY(types.Integer()), "postgresql", ListItem("[1, NULL]"), [1, None]),
        (types.ARRAY(types.Integer()), "postgresql", ListItem("[]"), []),
        (
            types.DateTime(),
            "postgresql",
            ListItem("2024-02-29T12:00:00+02:00"),
            datetime.datetime(2024, 2, 29, 10, 0),
        ),
    ],
)
def test_values(column_type: Any, dialect: str, given: ListItem, value: Any) -> None:
    """A text is read by its column's type; a moment with an offset is stored in UTC."""
    assert sql_types.bound(sql_types.target("c", column_type, dialect), given) == value


def test_what_does_not_fit_is_refused() -> None:
    """The error names the column and how a value looks."""
    with pytest.raises(BadValue, match="does not fit column c") as raised:
        sql_types.bound(sql_types.target("c", types.Integer(), "sqlite"), ListItem("x"))
    assert raised.value.fix.startswith("Write ")
