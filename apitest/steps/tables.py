"""Data tables whose rows are steps: one column says of what, one what in a sentence's own words, one the value.

The words of a row are those of a built-in sentence between its first and its last value, so that a table knows every
sentence that a single step knows: the row ``| /id | is an integer | 5 |`` is the step ``path "/id" is an integer "5"``.
"is", "is a" and "is an" may be left out, and a row without words means "is".
"""

from collections.abc import Callable
from typing import NamedTuple

from apitest.context import StepContext
from apitest.documents.display import visible
from apitest.errors import ApitestError, BadValue, CheckFailed
from apitest.language.registry import REGISTRY, Found
from apitest.language.suggestions import did_you_mean, near_misses

WORDS = ("check", "type")  # the headings of the column of words, that of checks first
_VALUE = "value"
_LEFT_OUT = ("", "is ", "is a ", "is an ")
# What stands for a row's own values while its sentence is looked up; no text of a feature file holds a NUL.
_SUBJECT_HERE, _VALUE_HERE = "\0subject", "\0value"


class Row(NamedTuple):
    """A row of a table: the step's ``function`` and its ``arguments`` by name, the first of them the subject."""

    number: int
    subject: str
    function: Callable[..., object]
    arguments: dict[str, object]

    def below(self, prefix: str) -> "Row":
        """The same row for a subject with this before it."""
        subject = prefix + self.subject
        return self._replace(subject=subject, arguments={**self.arguments, next(iter(self.arguments)): subject})


def rows(ctx: StepContext, column: str, start: str) -> list[Row]:
    """The rows of the step's table, each with the step it stands for.

    Args:
        ctx: the step's context, with the table.
        column: the heading of the column of subjects, such as "path".
        start: how the sentences begin, with a place for the subject: ``path "{}" in request``.

    Raises:
        BadValue: there is no table, a heading is missing or unknown, or a row's words belong to no sentence.
    """
    table = ctx.table
    _check_headings(list(table.headings) if table is not None and table.rows else [], column)
    assert table is not None, "it has headings"
    cells = [dict(zip(table.headings, row.cells, strict=True)) for row in table.rows]
    return [_row(ctx, row, column, start, number) for number, row in enumerate(cells, 1)]


def apply(ctx: StepContext, steps: list[Row]) -> None:
    """Does what the rows say, in their order.

    Raises:
        ApitestError: that of the first row that cannot be done.
    """
    for row in steps:
        _do(ctx, row)


def check(ctx: StepContext, steps: list[Row]) -> None:
    """Makes the checks of all rows, also after one has failed.

    Raises:
        CheckFailed: at least one does not hold; tells of each of these what was expected and what came.
    """
    failed = [(row, failure) for row in steps if (failure := _failure(ctx, row))]
    if len(failed) == 1:
        raise failed[0][1]
    if failed:
        numbers = ", ".join(dict.fromkeys(str(row.number) for row, _ in failed))
        lines = [line for row, failure in failed for line in _told(row, failure)]
        raise CheckFailed(
            f"{len(failed)} of {len(steps)} checks failed", f"rows {numbers} of the table", diff=tuple(lines)
        )


def _check_headings(headings: list[str], column: str) -> None:
    usual = f"| {column} | {WORDS[0]} | {_VALUE} |"
    if not headings:
        raise BadValue("This step needs a table with rows", fix=f"Put a table below it: {usual}")
    known = (column, *WORDS, _VALUE)
    for heading in headings:
        if heading not in known:
            hint = did_you_mean(near_misses(heading, known)) or f"The columns are {usual}"
            raise BadValue(f'The table has an unknown column "{heading}"', "the headings of the table", hint)
    if column not in headings:
        raise BadValue(f'The table has no column "{column}"', "the headings of the table", f"Write {usual}")


def _row(ctx: StepContext, cells: dict[str, str], column: str, start: str, number: int) -> Row:
    subject, value = cells[column], cells.get(_VALUE, "")
    words = next((str(ctx.zato.resolve(cells[name])).strip() for name in WORDS if name in cells), "") or "is"
    found = _sentence(start.format(_SUBJECT_HERE), words, value == "")
    if found is None:
        raise _no_sentence(start.format(subject), words, value, number)
    own = {_SUBJECT_HERE: subject, _VALUE_HERE: value}
    texts = {name: own.get(text, text) for name, text in found.arguments.items()}
    raw = found.sentence.raw
    arguments = {name: text if name in raw else ctx.zato.resolve(text) for name, text in texts.items()}
    return Row(number, str(next(iter(arguments.values()))), found.sentence.function, arguments)


def _sentence(start: str, words: str, without_value: bool) -> Found | None:
    """The sentence that a row's words are of; where the value is empty, one that takes none comes first."""
    endings = ("", f' "{_VALUE_HERE}"') if without_value else (f' "{_VALUE_HERE}"',)
    for left_out in _LEFT_OUT:
        for ending in (*endings, f' "{_VALUE_HERE}" elements'):
            found = REGISTRY.find("then", f"{start} {left_out}{words}{ending}")
            if found is not None:
                return found
    return None


def _no_sentence(start: str, words: str, value: object, number: int) -> BadValue:
    text = f"{start} {words}" + ("" if value == "" else f' "{value}"')
    near = did_you_mean(REGISTRY.near(text, limit=1))
    return BadValue(f"Undefined step: {visible(text)}", f"row {number} of the table", near)


def _do(ctx: StepContext, row: Row) -> None:
    try:
        row.function(ctx, **row.arguments)
    except ApitestError as error:
        error.where = error.where or f"row {row.number} of the table"
        raise


def _failure(ctx: StepContext, row: Row) -> CheckFailed | None:
    try:
        _do(ctx, row)
    except CheckFailed as failure:
        return failure
    return None


def _told(row: Row, failure: CheckFailed) -> list[str]:
    lines = [f"  {visible(row.subject)}: {failure.problem}"]
    lines += [f"- {failure.expected}"] if failure.expected else []
    lines += [f"+ {failure.actual}"] if failure.actual else []
    return [*lines, *failure.diff, *(f"  {line}" for line in failure.fix.splitlines())]
