"""JSON Pointers (RFC 6901): what a path names in a document, and how a path puts a value into one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from apitest.documents.display import article, kind, show, visible
from apitest.errors import BadValue, CheckFailed
from apitest.language import pointers
from apitest.language.shortening import cut
from apitest.language.suggestions import did_you_mean, near_misses

MISSING: Final = object()  # what `find` returns where nothing is found; no JSON value is this object
_NAMES_SHOWN = 12  # keys of a dict that a message names
_SEARCHED = 5000  # values of a document that are looked at for a better path


def find(document: object, pointer: str, default: object = MISSING) -> object:
    """The value at a pointer, or ``default`` where there is none.

    Raises:
        BadValue: the pointer is malformed.
    """
    found = document
    for part in parts(pointer):
        found = _step(found, part)
        if found is MISSING:
            return default
    return found


def get(document: object, pointer: str, where: str = "") -> object:
    """The value at a pointer.

    Args:
        document: what JSON can hold: dicts, lists, strings, numbers, bools and None.
        pointer: the path, "" being the document itself.
        where: the place that an error names.

    Raises:
        CheckFailed: there is none; says how far the path leads, what is there and which path may be meant.
        BadValue: the pointer is malformed.
    """
    found = find(document, pointer)
    if found is MISSING:
        raise absent(document, pointer, where)
    return found


def put(document: object, pointer: str, value: object, where: str = "") -> object:
    """Puts a value at a pointer and returns the document, changed in place.

    ``-``, or an index just past the end, appends to a list. Whatever is missing or null on the way is created: a
    list where ``-`` or ``0`` comes next, else a dict. The pointer "" replaces the document.

    Raises:
        BadValue: the pointer is malformed, leads through a string, number or bool, or past the end of a list.
    """
    names = parts(pointer)
    if not names:
        return value
    if document is None:
        document = _container(names[0])
    holder = document
    for depth, name in enumerate(names[:-1], 1):
        below = _step(holder, name)
        if below is MISSING or below is None:
            below = _container(names[depth])
            _set(holder, name, below, _Place(pointer, depth - 1, where))
        holder = below
    _set(holder, names[-1], value, _Place(pointer, len(names) - 1, where))
    return document


@lru_cache(maxsize=4096)
def parts(pointer: str) -> tuple[str, ...]:
    """The names that a pointer is made of, unescaped.

    Raises:
        BadValue: no slash at the start, or a ``~`` that is neither ``~0`` nor ``~1``; says what would be right.
    """
    import jsonpointer  # here, since no run without JSON needs it

    try:
        return tuple(jsonpointer.JsonPointer(pointer).parts)
    except jsonpointer.JsonPointerException:
        raise _malformed(pointer) from None


def join(names: tuple[str, ...] | list[str]) -> str:
    """The pointer that is made of these names."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)


class _Place:
    """How far a pointer was followed when it could not be followed further."""

    def __init__(self, pointer: str, depth: int, where: str) -> None:
        self.pointer = pointer
        self.where = where
        self.name = parts(pointer)[depth]
        self.parent = shown(join(parts(pointer)[:depth]))


def shown(pointer: str) -> str:
    """A pointer as a message names it; the empty one is called the document."""
    return cut(visible(pointer)) or "the document"


def _step(holder: object, name: str) -> object:
    """What ``name`` names in a dict or list, or MISSING."""
    if isinstance(holder, dict):
        return holder.get(name, MISSING)
    if isinstance(holder, list) and (index := _index(name)) is not None and index < len(holder):
        return holder[index]
    return MISSING


def _index(name: str) -> int | None:
    """The index that a name is, or None; RFC 6901 has no signs and no leading zeros, and no list is that long."""
    if name.isascii() and name.isdigit() and (name[0] != "0" or name == "0") and len(name) < 19:
        return int(name)
    return None


def _container(name: str) -> object:
    return [] if name in ("-", "0") else {}


def _set(holder: object, name: str, value: object, place: _Place) -> None:
    if isinstance(holder, dict):
        holder[name] = value
        return
    if not isinstance(holder, list):
        raise _not_a_holder(holder, place)
    index = len(holder) if name == "-" else _index(name)
    if index is None or index > len(holder):
        raise _not_an_index(holder, place)
    holder[index : index + 1] = [value]


def _malformed(pointer: str) -> BadValue:
    right = re.sub("~(?![01])", "~0", pointer)
    rule = " (~0 stands for ~, ~1 for /)" if "~" in pointer else ""
    problem = "has a ~ that is neither ~0 nor ~1"
    if not pointer.startswith("/"):
        problem, right = "must start with a slash", "/" + right.removeprefix("#").removeprefix("/")
        dotted = pointers.of_dotted(pointer)
        if dotted not in ("", right):
            name = f', or "{shown(right)}" for one name with these characters' if pointer[0] != "$" else ""
            return BadValue(f'The path "{shown(pointer)}" {problem}', fix=f'Write "{shown(dotted)}"{name}.')
    return BadValue(f'The path "{shown(pointer)}" {problem}', fix=f'Write "{shown(right)}"{rule}.')


def _not_a_holder(holder: object, place: _Place) -> BadValue:
    return BadValue(
        f"{shown(place.pointer)} cannot be set: {place.parent} is {article(holder)}, {show(holder, 60)}",
        place.where,
        f"Only dicts and lists have parts; set {place.parent} to one first, or correct the path.",
    )


def _not_an_index(holder: list[object], place: _Place) -> BadValue:
    return BadValue(
        f'{shown(place.pointer)} cannot be set: {place.parent} is a list of {_count(holder)}, and "{place.name}" '
        f"is not an index that can be set in it",
        place.where,
        f'Write an index from 0 to {len(holder)}, or "-" to append.',
    )


def absent(document: object, pointer: str, where: str) -> CheckFailed:
    """The error for a pointer that names nothing: how far it leads, what is there, and which path may be meant."""
    names, holder, depth = parts(pointer), document, 0
    while (below := _step(holder, names[depth])) is not MISSING:
        holder, depth = below, depth + 1
    there, name = names[:depth], names[depth]
    question = did_you_mean(shown(path) for path in _suggestions(document, names, depth, holder))
    contents = _contents(holder, shown(join(there)))
    reason = _reason(holder, name, shown(join(there)))
    return CheckFailed(
        f"{shown(pointer)} does not exist: {reason}", where, "\n".join(filter(None, [question, contents]))
    )


def _reason(holder: object, name: str, parent: str) -> str:
    if isinstance(holder, dict):
        return f"{parent} has no {show(name, 60)}" if holder else f"{parent} is an empty dict"
    if isinstance(holder, list):
        return f"{parent} is a list of {_count(holder)}" if holder else f"{parent} is an empty list"
    return f"{parent} is {article(holder)}" + ("" if holder is None else f", {show(holder, 60)}")


def _contents(holder: object, parent: str) -> str:
    """What a path could go on with."""
    if isinstance(holder, dict) and holder:
        more = len(holder) - _NAMES_SHOWN
        names = ", ".join(cut(visible(str(key)), 40) for key in list(holder)[:_NAMES_SHOWN])
        return f"Keys of {parent}: {names}" + (f" and {more:,} more" if more > 0 else "")
    if isinstance(holder, list) and holder:
        return f"Indices of {parent}: 0" + (f" to {len(holder) - 1}" if len(holder) > 1 else "")
    return ""


def _count(items: list[object]) -> str:
    return f"{len(items):,} element" + ("s" if len(items) != 1 else "")


def _suggestions(document: object, names: tuple[str, ...], depth: int, holder: object) -> list[str]:
    """Paths that exist and may be meant: a name spelt alike, an index left out, the same last name elsewhere."""
    there, name, rest = names[:depth], names[depth], names[depth + 1 :]
    replacements = near_misses(name, map(str, holder), limit=3) if isinstance(holder, dict) else []
    tried = [join([*there, other, *rest]) for other in replacements]
    if isinstance(holder, list):
        tried.append(join([*there, "0", *names[depth:]]))
    likely = [path for path in tried if find(document, path) is not MISSING]
    likely += [join([*there, other]) for other in replacements] if not likely else []
    return (likely or list(_elsewhere(document, names[-1])))[:3]


def _elsewhere(document: object, name: str) -> Iterator[str]:
    """The paths in a document that end with a name, those near its root first."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), document)]
    for path, value in waiting:
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, member in members:
            if kind(value) == "dict" and key == name:
                yield join([*path, name])
            if len(waiting) < _SEARCHED:
                waiting.append(((*path, str(key)), member))
