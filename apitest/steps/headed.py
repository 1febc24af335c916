"""Data tables of names and values."""

from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.expressions import expression

# What people call the columns.
_NAMES = frozenset(("name", "header", "field", "key", "parameter", "param", "cookie", "option"))
_VALUES = frozenset(("value", "val", "content"))
_OF_WORDS = expression(r"[\s_-]+")
_FIX = "Put a table below the step, its first line: | name | value |"


def pairs(ctx: StepContext) -> list[tuple[str, object]]:
    """The rows of a step's table, each a name and a value, resolved like parameters.

    The columns are those called "name" and "value", or such as "header" and "val"; a table of two columns without
    such headings has none at all.

    Raises:
        BadValue: there is no table, or it has other columns.
    """
    if ctx.table is None:
        raise BadValue("This step needs a table of names and values", fix=_FIX)
    headings = [str(heading).strip().lower() for heading in ctx.table.headings]
    if sorted(headings) == ["name", "value"]:
        name, value = headings.index("name"), headings.index("value")
        rows = [row.cells for row in ctx.table.rows]
    elif len(headings) == 2 and _is_headed(*headings):
        name, value = 0, 1
        rows = [row.cells for row in ctx.table.rows]
    elif len(headings) == 2:
        name, value = 0, 1
        rows = [list(ctx.table.headings), *(row.cells for row in ctx.table.rows)]
    else:
        raise BadValue(f"A table of names and values cannot have the columns {', '.join(headings)}", fix=_FIX)
    resolve = ctx.zato.resolve
    return [(str(resolve(row[name])), resolve(row[value])) for row in rows]


def _is_headed(first: str, second: str) -> bool:
    """Whether two cells are headings: "header" and "val", "Header Name" and "Header Value", "names" and "values"."""
    names, values = (
        [word if word in _NAMES else word.removesuffix("s") for word in _OF_WORDS.split(text)]
        for text in (first, second)
    )
    return all(word in _NAMES for word in names) and values[-1] in _VALUES and set(values[:-1]) <= _NAMES
