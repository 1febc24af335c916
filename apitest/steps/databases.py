"""What the sentences about databases share: expected rows, values and stored filters."""

from collections.abc import Callable, Sequence

from apitest.checks import results
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language import lists, literals
from apitest.language.lists import ListItem, unquoted
from apitest.steps.variables import store
from apitest.tables import cells
from apitest.tables import conditions as clauses
from apitest.tables.bound import Statement
from apitest.tables.conditions import Criterion
from apitest.tables.rows import Rows


def expected_rows(ctx: StepContext) -> tuple[list[str], list[list[ListItem]]]:
    """The headings and rows of the step's table; a cell in quotes is text, NULL outside quotes stands for no value.

    Raises:
        BadValue: there is no table.
    """
    if ctx.table is None:
        raise BadValue("This step needs a table", fix="Put the rows below it: | id | name |")
    return list(ctx.table.headings), [[_cell(ctx, text) for text in row.cells] for row in ctx.table.rows]


def _cell(ctx: StepContext, text: str) -> ListItem:
    """A cell as it is given; what a variable holds is taken as it stands."""
    value = ctx.zato.resolve(text)
    if value == text or "{" in text:
        return unquoted(value) if isinstance(value, str) else ListItem(value, True)
    return ListItem(value, True)


def store_rows(ctx: StepContext, name: str, rows: Rows) -> None:
    """Stores a single value, or else the list of rows, in the types that JSON and the other sentences know."""
    store(ctx, name, cells.portable(rows.value_or_rows()))


def row_at(found: Rows, idx: object) -> object:
    """A row of a result: its value, with its type, or its values as text with semicolons; "" if there are no rows.

    Raises:
        BadValue: the index is not an integer, or there are fewer rows.
    """
    place, count = literals.integer(idx), len(found.rows)
    if not found.rows:
        return ""
    if not -count <= place < count:
        fix = f'Write an idx from "0" to "{count - 1}".'
        raise BadValue(f"The result has no row {place}: it has {count}", found.statement, fix)
    row = found.rows[place]
    return (
        cells.portable(row[0]) if len(row) == 1 else ";".join("" if each is None else cells.plain(each) for each in row)
    )


def check_rows(ctx: StepContext, *, ordered: bool = False) -> Callable[[Rows], None]:
    """The check that a result has the rows of the step's table.

    Raises:
        BadValue: there is no table.
    """
    headings, rows = expected_rows(ctx)
    return lambda result: results.returns(result, headings, rows, ordered=ordered)


def check_count(count: object) -> Callable[[Rows], None]:
    """The check that a result has so many rows.

    Raises:
        BadValue: it is not a number of rows.
    """
    number = literals.integer(count)
    if number < 0:
        raise BadValue(f"The number of rows must be 0 or more, not {number}")
    return lambda result: results.has_rows(result, number)


def values(ctx: StepContext, text: str, columns: object) -> list[ListItem]:
    """The values that a raw parameter lists for columns: cut at its commas first, then each resolved.

    So no value of a variable, whatever commas and quotes it holds, becomes more than one.

    Raises:
        BadValue: there are more or fewer than columns.
        UnknownValue: a name is defined nowhere.
    """
    count = len(lists.names(columns))
    if "{" not in text:
        value = ctx.zato.resolve(text)
        # What a variable holds is the value itself; a list of them can only be meant for more columns than one.
        return lists.values([value] if count == 1 and value != text else value, count)
    return [_resolved(ctx, given) for given in lists.values(text, count)]


def _resolved(ctx: StepContext, given: ListItem) -> ListItem:
    """A part of a parameter with the names in its braces replaced; one name alone keeps its type."""
    if not isinstance(given.value, str) or "{" not in given.value:
        return given
    value = ctx.zato.interpolate(given.value) if given.exact else ctx.zato.resolve(given.value)
    return ListItem(value, given.exact or value != given.value)


def criterion(ctx: StepContext, text: object) -> Criterion:
    """The filter that was stored under a name, or the condition that a raw parameter is, each value resolved.

    A `Criterion` stays one.

    Raises:
        BadValue: it is neither.
        UnknownValue: a name is defined nowhere.
    """
    stored = {name: value for name, value in ctx.zato.user_ctx.items() if isinstance(value, Criterion)}
    if not isinstance(text, str):
        return clauses.criterion(text, list(stored))
    if "{" in text:
        found = clauses.criterion(text, list(stored))
        conditions = (each._replace(value=_operand(ctx, each.value)) for each in found.conditions)
        return Criterion(tuple(conditions), found.joints)
    given = ctx.zato.resolve(text)
    if isinstance(given, str) and given in stored:
        return stored[given]
    return clauses.criterion(given, list(stored))


def _operand(ctx: StepContext, value: ListItem | list[ListItem]) -> ListItem | list[ListItem]:
    if isinstance(value, ListItem):
        return _resolved(ctx, value)
    resolved = [_resolved(ctx, each) for each in value]
    return [given for each in resolved for given in _elements(each)]


def _elements(given: ListItem) -> list[ListItem]:
    """What a variable with a list stands for within the brackets of ``in``."""
    return lists.as_given(given.value) if isinstance(given.value, list | tuple) else [given]


def one_statement(found: Sequence[str | Statement], what: str) -> str | Statement:
    """The only statement of a text.

    Raises:
        BadValue: there is none, or more than one.
    """
    if len(found) != 1:
        raise BadValue(f"{what} holds {len(found)} statements where one is needed", fix="Write one SELECT.")
    return found[0]
