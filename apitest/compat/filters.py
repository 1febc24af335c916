"""Lists and conditions as the SQL sentences of zato-apitest wrote them, for Python steps that build statements."""

from itertools import zip_longest
from typing import Any

comparison_operators = {
    "equal to": "=",
    "not equal to": "!=",
    "less than": "<",
    "greater than": ">",
    "less or equal to": "<=",
    "greater or equal to": ">=",
}


def wrap_into_quotes(values: str) -> str:
    """A list ``a, b`` as SQL strings, ``'a', 'b'``; a quote in a value is doubled."""
    return ", ".join(map(_quoted, values.split(", ")))


def make_dict(*args: str) -> dict[Any, tuple[Any, ...]]:
    """Elements of the first list, each to those of the other lists at its place; None where one is shorter."""
    lists = [[element.strip() for element in text.split(",")] for text in args]
    return {row[0]: row[1:] for row in zip_longest(*lists)}


def build_filter(*args: str) -> str:
    """A WHERE clause.

    Args:
        args: the columns, comparisons, values and joints of a filter, each a list with commas: ``"a,b"``,
            ``"equal to,less than"``, ``"1,2"``, ``"and"``.

    Raises:
        KeyError: the comparison does not exist.
    """
    clause, joint = "", "and"
    for column, (sign, value, *joints) in make_dict(*args).items():
        joint = next(filter(None, joints), joint)
        clause += f"{joint if clause else 'WHERE'} {column}{comparison_operators[sign]}{_quoted(str(value))} "
    return clause


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
