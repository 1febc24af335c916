"""Checks of what a database answered: its rows, against a table, a number or a Python literal."""

from collections import Counter
from collections.abc import Sequence
from itertools import product, zip_longest
from operator import eq
from typing import NamedTuple

from apitest.documents.diff import table_diff
from apitest.documents.display import ascii_only, narrow
from apitest.errors import BadValue, CheckFailed
from apitest.language import literals
from apitest.language.lists import ListItem
from apitest.language.shortening import cut
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.tables import cells, columns
from apitest.tables.cells import Key
from apitest.tables.rows import Rows

_CELL = 40  # characters of a cell in a diff
_SHOWN = 10  # rows that are shown of a result that has too many
_PAIRED = 200  # rows that are paired by likeness, at most
_ALIGNED = 1_000  # rows whose order is compared with gaps
# What a Python literal has no notation for, so that a text stands for it.
_AS_TEXT = ("decimal", "datetime", "date", "time", "duration", "uuid", "binary", "json")


class _Row(NamedTuple):
    """A row in two forms: what is compared and what is shown."""

    keys: tuple[Key, ...]
    texts: tuple[str, ...]


def returns(
    result: Rows, headings: Sequence[str], expected: Sequence[Sequence[ListItem]], *, ordered: bool = False
) -> None:
    """The result has these rows and no others; a row that is expected twice has to be there twice.

    Args:
        result: what the database answered.
        headings: names of columns, perhaps with a type (``born:date``); other columns of the result do not count.
        expected: the cells, a row each; a text is read as its column's values are.
        ordered: whether the order of the rows counts.

    Raises:
        CheckFailed: the rows differ, which the diff shows; or there is no such column.
        BadValue: a heading names a type that there is none of.
    """
    named = [_column(result, heading) for heading in headings]
    wanted = [_expected(row, [kinds for _, _, kinds in named]) for row in expected]
    came = [_actual(row, named) for row in result.rows]
    wanted = _fitted(wanted, [[_is_blank(cell) for cell in row] for row in expected], came)
    _compare(result, wanted, came, [result.columns[place] for place, _, _ in named], ordered)


def has_rows(result: Rows, count: int) -> None:
    """The result has so many rows."""
    if len(result.rows) != count:
        came = [tuple(map(_shown, row)) for row in result.rows[:_SHOWN]]
        more = len(result.rows) - len(came)
        diff = table_diff([], came, result.columns) if came else ()
        raise CheckFailed(
            "The number of rows is not the expected one",
            _place(result),
            expected=_rows(count),
            actual=_rows(len(result.rows)),
            diff=(*diff, f"  … {more:,} more rows") if more else diff,
        )


def equals(result: Rows, expected: object) -> None:
    """The result is this Python literal: a list of rows, or the value of a result of one row and one column.

    Args:
        result: what the database answered.
        expected: the literal as text, or a stored value. A text in it may stand for a date, a decimal or a UUID; the
            order of the rows counts.

    Raises:
        CheckFailed: the rows differ, which the diff shows.
        BadValue: it is not a literal, or a single value where the result has several columns.
    """
    literal = _literal(result, expected)
    if not isinstance(literal, list | tuple) and len(result.columns) != 1:
        result.value()
    rows = literal if isinstance(literal, list) else [literal]
    kinds = [_literal_kinds(result, place) for place in range(len(result.columns))]
    wanted = [_literal_row(row, kinds) for row in rows]
    came = [_Row(tuple(map(cells.key, row)), tuple(map(_shown, row))) for row in result.rows]
    _compare(result, wanted, came, list(result.columns), ordered=True)


# ---------------------------------------------------------------------- what is compared


def _column(result: Rows, heading: str) -> tuple[int, str, list[str]]:
    """The place of a column in the result, its kind if one is stated, and the kinds that cells are read in."""
    place = _place_of(heading, result.columns)
    stated = ""
    if place is None:
        declared = columns.column(heading, "the headings of the table")
        place, stated = _place_of(declared.name, result.columns), declared.kind if declared.typed else ""
    if place is None:
        name = heading.partition(":")[0].strip()
        fix = did_you_mean(near_misses(name, result.columns)) or f"Its columns are {', '.join(result.columns)}."
        raise CheckFailed(f"The result has no column {name}", _place(result), fix if result.columns else "")
    return place, stated, [stated] if stated else cells.kinds_of(row[place] for row in result.rows)


def _place_of(name: str, known: Sequence[str]) -> int | None:
    if name in known:
        return known.index(name)
    alike = [place for place, other in enumerate(known) if other.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None


def _expected(row: Sequence[ListItem], kinds: Sequence[list[str]]) -> _Row:
    keys = tuple(cells.key_of(given, each) for given, each in zip(row, kinds, strict=True))
    return _Row(keys, tuple(map(_shown_cell, row, keys, kinds)))


def _is_blank(cell: ListItem) -> bool:
    return cell.value == "" and not cell.exact


def _fitted(wanted: list[_Row], blanks: list[list[bool]], came: list[_Row]) -> list[_Row]:
    """The expected rows; an empty cell, which means NULL, is the empty text where only such a row came."""
    left = Counter(row.keys for row in came)
    fitted = []
    for row, blank in zip(wanted, blanks, strict=True):
        choices = (_choices(key, is_blank) for key, is_blank in zip(row.keys, blank, strict=True))
        keys = next((keys for keys in product(*choices) if left[keys] > 0), row.keys)
        left[keys] -= 1
        fitted.append(row._replace(keys=keys))
    return fitted


def _choices(key: Key, is_blank: bool) -> tuple[Key, ...]:
    return (key, ("text", "")) if is_blank else (key,)


def _shown_cell(given: ListItem, key: Key, kinds: list[str]) -> str:
    """An expected cell for a diff; where a column holds nothing that tells what the cell means, as it is written."""
    return _shown(given.value, key) if kinds or given.exact else str(given.value)


def _actual(row: Sequence[object], named: Sequence[tuple[int, str, list[str]]]) -> _Row:
    values = [(row[place], stated) for place, stated, _ in named]
    keys = tuple(cells.key_as(value, stated) if stated else cells.key(value) for value, stated in values)
    shown = (_shown(value, key if stated else None) for (value, stated), key in zip(values, keys, strict=True))
    return _Row(keys, tuple(shown))


def _literal(result: Rows, expected: object) -> object:
    try:
        return literals.literal(expected)
    except BadValue:
        is_list = isinstance(expected, str) and expected.lstrip().startswith(("[", "("))
        if len(result.columns) == 1 and not is_list:
            return expected
        raise


def _literal_kinds(result: Rows, place: int) -> list[str]:
    return [kind for kind in cells.kinds_of(row[place] for row in result.rows) if kind in _AS_TEXT]


def _literal_row(row: object, kinds: Sequence[list[str]]) -> _Row:
    values = row if isinstance(row, list | tuple) else (row,)
    known = [*kinds, *([[]] * len(values))]
    keys = tuple(
        cells.key_of_text(value, each) if isinstance(value, str) else cells.key(value)
        for value, each in zip(values, known, strict=False)
    )
    return _Row(keys, tuple(map(_shown, values, keys)))


def _shown(value: object, key: Key | None = None) -> str:
    """A value for a diff; a text that was read as something else is not in quotes."""
    if key == cells.NULL:
        return "NULL"
    return value.strip() if key and key[0] != "text" and isinstance(value, str) else cells.written(value)


# ---------------------------------------------------------------------- how it is told


def _compare(result: Rows, wanted: list[_Row], came: list[_Row], headings: list[str], ordered: bool) -> None:
    one, other = Counter(row.keys for row in wanted), Counter(row.keys for row in came)
    same_rows = one == other
    if same_rows and (not ordered or [row.keys for row in wanted] == [row.keys for row in came]):
        return
    if same_rows:
        problem, fix = "The rows came in another order", "Add an ORDER BY to the statement."
    else:
        problem, fix = f"The rows differ: {_summary((one - other).total(), (other - one).total())}", ""
    pairs = (_in_order if ordered else _paired)(wanted, came)
    raise CheckFailed(problem, _place(result), fix, diff=table_diff(*_sides(pairs), headings))


def _summary(missing: int, extra: int) -> str:
    return f"{_rows(missing)} missing, {_rows(extra)} too many"


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


_Pair = tuple[_Row | None, _Row | None]


def _in_order(wanted: list[_Row], came: list[_Row]) -> list[_Pair]:
    """Expected rows and those that came, in their orders; one that is missing on a side leaves a gap there."""
    import difflib  # here, since only failures need it

    one, other = ([row.keys for row in rows] for rows in (wanted[:_ALIGNED], came[:_ALIGNED]))
    pairs: list[_Pair] = []
    for _, i, j, k, m in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pairs += zip_longest(wanted[i:j], came[k:m])
    return [*pairs, *zip_longest(wanted[_ALIGNED:], came[_ALIGNED:])]


def _paired(wanted: list[_Row], came: list[_Row]) -> list[_Pair]:
    """Expected rows in their order, each with the row that is equal, else with the one most like it; then the rest."""
    left: dict[tuple[Key, ...], list[_Row]] = {}
    for row in came:
        left.setdefault(row.keys, []).append(row)
    exact = [left[row.keys].pop(0) if left.get(row.keys) else None for row in wanted]
    rest = [row for rows in left.values() for row in rows]
    pairs: list[_Pair] = [(row, other or _likeliest(row, rest)) for row, other in zip(wanted, exact, strict=True)]
    return [*pairs, *((None, row) for row in rest)]


def _likeliest(row: _Row, rest: list[_Row]) -> _Row | None:
    """The row that has most cells in common with another, taken out of the rest."""

    def score(other: _Row) -> int:
        return sum(map(eq, row.keys, other.keys))

    best = max(rest[:_PAIRED], key=score, default=None)
    if best is not None:
        rest.remove(best)
    return best


def _sides(pairs: Sequence[_Pair]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The texts of both sides; equal cells are written alike, different ones cut where they begin to differ."""
    expected, actual = [], []
    for one, other in pairs:
        if one and other and len(one.keys) == len(other.keys):
            both = zip(one.keys, other.keys, one.texts, other.texts, strict=True)
            texts = [
                (_cut(came), _cut(came)) if mine == theirs else _apart(text, came) for mine, theirs, text, came in both
            ]
            expected.append(tuple(text for text, _ in texts))
            actual.append(tuple(text for _, text in texts))
            continue
        expected += [tuple(map(_cut, one.texts))] if one else []
        actual += [tuple(map(_cut, other.texts))] if other else []
    return expected, actual


def _apart(expected: str, actual: str) -> tuple[str, str]:
    """The texts of two cells that differ, so that the difference can be seen."""
    import unicodedata  # here, since only failures need it

    if unicodedata.normalize("NFKC", expected) == unicodedata.normalize("NFKC", actual):
        expected, actual = ascii_only(expected), ascii_only(actual)
    return narrow(expected, actual, _CELL)


def _cut(text: str) -> str:
    return cut(text, _CELL)


def _place(result: Rows) -> str:
    return cut(" ".join(result.statement.split()))
