"""apitest.clients.sql.binding: marks and values as the drivers take them."""

from decimal import Decimal

import pytest
from sqlalchemy.engine.default import DefaultDialect

from apitest.clients.sql.binding import bound
from apitest.errors import BadValue
from apitest.tables.bound import Statement


def _dialect(paramstyle: str, name: str = "some") -> DefaultDialect:
    dialect = DefaultDialect(paramstyle=paramstyle)  # type: ignore[arg-type]  # one of its literals
    dialect.name = name
    return dialect


@pytest.mark.parametrize(
    ("style", "text", "values"),
    [
        ("qmark", "a % ? and ?", (1, "x")),
        ("pyformat", "a %% %s and %s", (1, "x")),
        ("format", "a %% %s and %s", (1, "x")),
        ("numeric", "a % :1 and :2", (1, "x")),
        ("numeric_dollar", "a % $1 and $2", (1, "x")),
        ("named", "a % :v1 and :v2", {"v1": 1, "v2": "x"}),
    ],
)
def test_marks(style: str, text: str, values: object) -> None:
    """Each driver has its marks; percent signs are doubled where they begin one."""
    assert bound(Statement(("a % ", " and ", ""), (1, "x"), ""), _dialect(style)) == (text, values)


def test_sqlite() -> None:
    """SQLite's driver takes no decimals, and integers of 64 bits only."""
    statement = Statement(("", "", "", ""), (Decimal("1.5"), 2**63, 2**63 - 1), "")
    assert bound(statement, _dialect("qmark", "sqlite"))[1] == (1.5, "9223372036854775808", 2**63 - 1)


def test_no_value() -> None:
    """What no database has a type for is refused."""
    with pytest.raises(BadValue, match="cannot be a value"):
        bound(Statement(("", ""), (object(),), ""), _dialect("qmark"))
