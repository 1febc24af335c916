"""Two documents, texts or tables line by line, each line with its sign: ``- `` expected, ``+ `` came, blank both.

All functions give lines that are ready to print: at most :data:`LIMIT` of them and a count of the rest; runs of
equal lines are folded; no line holds a control character.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import zip_longest
from typing import Final

from apitest.documents.display import in_full, kind, narrow, show, visible
from apitest.documents.json_pointer import MISSING, find, join, parts
from apitest.language.shortening import cut

__all__ = ["document_diff", "equal", "show", "table_diff", "text_diff"]

LIMIT = 60  # lines of a diff
_CONTEXT = 3  # equal lines that are kept on either side of a difference
_FOLDED = 4  # equal lines that are worth folding
_COMPARED = 2000  # lines of either side that are aligned, beyond those that both begin with
_WIDTH = 160  # characters of a line
_NAMED = 5  # paths that a problem names
_ABSENT: Final = object()  # stands for a member that one side has not
_LABEL = 40  # characters that tell which long lines belong together


def equal(one: object, other: object) -> bool:
    """Whether two JSON documents are the same.

    ``true`` is not 1, 1 is 1.0, NaN equals nothing, and the order of keys is free.
    """
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        if isinstance(left, dict):
            if not isinstance(right, dict) or left.keys() != right.keys():
                return False
            pending += [(value, right[key]) for key, value in left.items()]
        elif isinstance(left, list | tuple):
            if not isinstance(right, list | tuple) or len(left) != len(right):
                return False
            pending += zip(left, right, strict=True)
        elif left != right or isinstance(left, bool) is not isinstance(right, bool):
            return False
    return True


def at(expected: object, actual: object) -> str:
    """Where two documents differ, for a problem: " at /a/b and /c", at most some of the paths; empty for the whole."""
    found = [path for path in paths(expected, actual) if path]
    more = len(found) - _NAMED
    shown = [cut(visible(path), 80) for path in found[:_NAMED]]
    return f" at {', '.join(shown)}{f' and {more:,} more places' if more > 0 else ''}" if found else ""


def paths(expected: object, actual: object) -> list[str]:
    """The JSON Pointers of the members in which two documents differ, those of one side only included."""
    pending: list[tuple[object, object, tuple[str, ...]]] = [(expected, actual, ())]
    found: list[tuple[str, ...]] = []
    while pending:
        one, other, names = pending.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            keys = list(dict.fromkeys([*one, *other]))
            pairs = [(one.get(key, _ABSENT), other.get(key, _ABSENT), (*names, str(key))) for key in keys]
            pending += reversed(pairs)
        elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
            both = zip_longest(one, other, fillvalue=_ABSENT)
            pending += reversed([(mine, theirs, (*names, str(place))) for place, (mine, theirs) in enumerate(both)])
        elif one is _ABSENT or other is _ABSENT or not equal(one, other):
            found.append(names)
    return [join(names) for names in found]


def sorted_lists(document: object) -> object:
    """A document with the elements of its lists in an order that depends on nothing but what they are."""
    if isinstance(document, dict):
        return {key: sorted_lists(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return sorted(map(sorted_lists, document), key=_order)
    return document


def without(document: object, pointers: Iterable[object]) -> object:
    """A copy of a document without what these JSON Pointers name."""
    copied = deepcopy(document)
    # The last elements of a list first, so that the others keep their indices.
    for pointer in sorted(map(str, pointers), key=_by_length, reverse=True):
        *above, last = parts(pointer) or ("",)
        holder = find(copied, join(above))
        if isinstance(holder, dict):
            holder.pop(last, None)
        elif isinstance(holder, list) and find(copied, pointer) is not MISSING:
            del holder[int(last)]
    return copied


def _by_length(pointer: str) -> list[tuple[int, str]]:
    """A key that puts the indices of a list in their order."""
    return [(len(name), name) for name in parts(pointer)]


def _order(value: object) -> tuple[str, object]:
    """A key to sort by, the same for values that are equal."""
    if isinstance(value, bool) or value is None:
        return "constant", str(value)
    if isinstance(value, int | float):
        return "number", value
    return kind(value), in_full(_by_key(value))


def _by_key(value: object) -> object:
    """A document with the keys of its dicts in alphabetical order, and whole floats as integers."""
    if isinstance(value, dict):
        return {key: _by_key(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_by_key(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def document_diff(expected: object, actual: object) -> tuple[str, ...]:
    """The difference of two JSON documents, a member a line and no commas, keys in the order of the expected one."""
    try:
        return _diff(list(_pretty(expected)), list(_pretty(_aligned(actual, expected))))
    except RecursionError:
        return ("  (nested too deeply to be compared line by line)",)


def text_diff(expected: str, actual: str) -> tuple[str, ...]:
    """The difference of two plain texts."""
    return _diff([visible(line) for line in expected.splitlines()], [visible(line) for line in actual.splitlines()])


def table_diff(
    expected_rows: Sequence[Sequence[str]], actual_rows: Sequence[Sequence[str]], headings: Sequence[str] = ()
) -> tuple[str, ...]:
    """The difference of two lists of rows, each cell a text; the columns aligned, the headings, if any, above them."""
    sides = [[list(map(visible, row)) for row in rows] for rows in (expected_rows, actual_rows)]
    head = [visible(name) for name in headings]
    widths = _widths([head, *sides[0], *sides[1]])
    expected, actual = ([_row(cells, widths) for cells in side] for side in sides)
    return (*([f"  {_row(head, widths)}"] if head else []), *_diff(expected, actual))


def _widths(rows: list[list[str]]) -> list[int]:
    columns = max(len(row) for row in rows)
    return [max((len(row[column]) for row in rows if column < len(row)), default=0) for column in range(columns)]


def _row(cells: list[str], widths: list[int]) -> str:
    return " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False)).rstrip()


def _aligned(actual: object, expected: object) -> object:
    """The actual document with its keys in the order of the expected one, and its equal numbers written alike."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        common = [key for key in expected if key in actual]
        ordered = dict.fromkeys([*common, *actual])
        return {key: _aligned(actual[key], expected.get(key)) for key in ordered}
    if isinstance(actual, list | tuple) and isinstance(expected, list | tuple):
        return [_aligned(item, expected[place] if place < len(expected) else None) for place, item in enumerate(actual)]
    return expected if equal(actual, expected) else actual


def _pretty(value: object, indent: str = "", label: str = "") -> Iterator[str]:
    """A document, a member a line, without commas: an item added at the end changes no other line."""
    lead = indent + label
    if not isinstance(value, dict | list | tuple):
        yield lead + in_full(value)
        return
    if isinstance(value, dict):
        signs, members = "{}", [(f"{in_full(key)}: ", member) for key, member in value.items()]
    else:
        signs, members = "[]", [("", member) for member in value]
    if not members:
        yield lead + signs
        return
    yield lead + signs[0]
    for name, member in members:
        yield from _pretty(member, indent + "  ", name)
    yield indent + signs[1]


def _diff(expected: list[str], actual: list[str]) -> tuple[str, ...]:
    start = _common_start(expected, actual)
    lines = list(_folded(_signed(expected, actual, start)))
    hidden = len(lines) - LIMIT
    return tuple(lines) if hidden <= 0 else (*lines[:LIMIT], f"  … {hidden:,} more lines")


def _common_start(expected: list[str], actual: list[str]) -> int:
    shorter = min(len(expected), len(actual))
    return next((place for place in range(shorter) if expected[place] != actual[place]), shorter)


def _signed(expected: list[str], actual: list[str], start: int) -> Iterator[str]:
    """Every line with its sign, as far as the two sides are compared."""
    import difflib  # here, since only failures need it

    yield from (f"  {cut(line, _WIDTH)}" for line in expected[:start])
    old, new = expected[start : start + _COMPARED], actual[start : start + _COMPARED]
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from (f"  {cut(line, _WIDTH)}" for line in old[i:j])
        else:
            yield from _changed(old[i:j], new[k:m])


def _changed(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines that differ: in pairs where there are as many of them on either side, else one side after the other."""
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield f"- {narrow(one, other, _WIDTH)[0]}"
            yield f"+ {narrow(one, other, _WIDTH)[1]}"
        return
    former, latter = _by_label(old), _by_label(new)
    for line in old:
        yield f"- {narrow(line, latter.get(line[:_LABEL], ''), _WIDTH)[0]}"
    for line in new:
        yield f"+ {narrow(former.get(line[:_LABEL], ''), line, _WIDTH)[1]}"


def _by_label(lines: list[str]) -> dict[str, str]:
    """Long lines by their first characters: those of one member on either side begin alike."""
    return {line[:_LABEL]: line for line in lines if len(line) > _WIDTH}


def _folded(lines: Iterator[str]) -> Iterator[str]:
    """The lines with long runs of equal ones cut down to those next to a difference."""
    equal_run: list[str] = []
    before = 0  # equal lines to keep at the start of a run: none ahead of the first difference
    for line in lines:
        if line.startswith("  "):
            equal_run.append(line)
            continue
        yield from _shortened(equal_run, before, _CONTEXT)
        yield line
        equal_run, before = [], _CONTEXT
    yield from _shortened(equal_run, before, 0)


def _shortened(run: list[str], head: int, tail: int) -> Iterator[str]:
    hidden = len(run) - head - tail
    if hidden < _FOLDED:
        yield from run
        return
    yield from run[:head]
    yield f"  ⋮ {hidden:,} equal lines"
    yield from run[len(run) - tail :]
