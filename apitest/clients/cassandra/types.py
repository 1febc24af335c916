"""What the text of a step or CSV file becomes in a column of a given CQL type, and what the driver's values become."""

import datetime
import ipaddress
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cassandra import cqltypes, util

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.lists import ListItem
from apitest.language.literals import quoted
from apitest.tables import cells, columns, cql_literals
from apitest.tables.cql_literals import Items, Pairs, Part

Type = type[Any]  # a class of cassandra.cqltypes

_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64, "counter": 64}
_UNITS = {"y": (12, 0, 0), "mo": (1, 0, 0), "w": (0, 7, 0), "d": (0, 1, 0), "h": (0, 0, 3_600 * 10**9)}
_UNITS |= {"m": (0, 0, 60 * 10**9), "s": (0, 0, 10**9), "ms": (0, 0, 10**6)}
_UNITS |= {"us": (0, 0, 10**3), "µs": (0, 0, 10**3), "ns": (0, 0, 1)}
_SHOWN_UNITS = (("y", "mo"), ("d",), ("h", "m", "s", "ms", "us", "ns"))  # of months, days and nanoseconds
_DURATION_PART = expression(r"(\d+)(y|mo|ms|us|µs|ns|w|d|h|m|s)", re.IGNORECASE)
_ISO_DURATION = expression(r"P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(?:T(\d+H)?(\d+M)?(\d+S)?)?")
_ISO_UNITS = ("y", "mo", "w", "d", "h", "m", "s")


def _duration(text: str) -> util.Duration:
    """From CQL's own notation, ``1y2mo3d4h5m6s7ms8us9ns``, or ISO 8601's, ``P1Y2M3DT4H5M6S``."""
    negative, rest = text.startswith("-"), text.removeprefix("-")
    iso = _ISO_DURATION.fullmatch(rest)
    if iso:
        parts = [(figure[:-1], unit) for figure, unit in zip(iso.groups(), _ISO_UNITS, strict=True) if figure]
    else:
        parts = _DURATION_PART.findall(rest)
        if "".join(map("".join, parts)) != rest:
            raise ValueError
    if not parts:
        raise ValueError
    sums = [sum(int(figure) * _UNITS[unit.lower()][at] for figure, unit in parts) for at in range(3)]
    return util.Duration(*(-each if negative else each for each in sums))


def _float(text: str) -> float:
    return float(text) if text.lower() in {"nan", "infinity", "-infinity"} else float(columns.number(text))


def _timestamp(text: str) -> datetime.datetime | int:
    """From an ISO date and time, in UTC where no offset is given, or from milliseconds since 1970."""
    return int(text) if text.removeprefix("-").isdigit() else datetime.datetime.fromisoformat(text)


def _blob(text: str) -> bytes:
    if not text.lower().startswith("0x"):
        raise ValueError
    return bytes.fromhex(text[2:])


def _timeuuid(text: str) -> uuid.UUID:
    value = uuid.UUID(text)
    if value.version != 1:
        raise ValueError
    return value


# type -> (what makes a value of a text, how such a text looks)
_SCALARS: dict[str, tuple[Callable[[str], object], str]] = {
    **dict.fromkeys(("text", "varchar"), (str, "any text")),
    "ascii": (lambda text: text.encode("ascii").decode(), "characters of ASCII"),
    **dict.fromkeys(("float", "double"), (_float, "a number such as 1.5")),
    "decimal": (columns.converter("decimal"), columns.looks("decimal")),
    **dict.fromkeys((*_BITS, "varint"), (columns.converter("integer"), columns.looks("integer"))),
    "boolean": (columns.converter("boolean"), columns.looks("boolean")),
    "uuid": (uuid.UUID, columns.looks("uuid")),
    "timeuuid": (_timeuuid, "a UUID of version 1, such as d2177dd0-eaa2-11de-a572-001b779c76e3"),
    "blob": (_blob, "hexadecimal digits after 0x, such as 0xCAFE"),
    "inet": (lambda text: str(ipaddress.ip_address(text)), "an address such as 192.168.0.1 or ::1"),
    "duration": (_duration, "a duration such as 1mo2d3h or P1M2DT3H"),
    "date": (util.Date, columns.looks("date")),
    "time": (util.Time, "a time such as 12:30:00.123456789"),
    "timestamp": (_timestamp, "a date and time such as 2024-02-29T12:30:00+01:00, or milliseconds since 1970"),
}


def name_of(cql_type: Type) -> str:
    """A type's name, as CQL calls it."""
    if issubclass(cql_type, cqltypes.VectorType):
        return f"vector<{name_of(cql_type.subtype)}, {cql_type.vector_size}>"
    if issubclass(cql_type, cqltypes.UserType):
        return str(cql_type.typename)
    inner = ", ".join(map(name_of, cql_type.subtypes))
    name = "text" if cql_type.typename == "varchar" else str(cql_type.typename)
    return f"{name}<{inner}>" if inner else name


def looks(cql_type: Type) -> str:
    """How a text of that type looks, for an error."""
    if issubclass(cql_type, cqltypes.VectorType):
        return f"{cql_type.vector_size} numbers, such as [0.1, 0.2]"
    if issubclass(cql_type, cqltypes.UserType):
        return "{" + ", ".join(f"{field}: …" for field in cql_type.fieldnames) + "}"
    shapes = {"list": "[1, 2]", "set": "{'a', 'b'}", "map": "{'a': 1}", "tuple": "(1, 'a')"}
    if cql_type.typename in shapes:
        return f"{shapes[cql_type.typename]} for {name_of(cql_type)}"
    return _SCALARS[cql_type.typename][1] if cql_type.typename in _SCALARS else "a value of that type"


def bound(cql_type: Type, given: ListItem, column: str) -> object:
    """The value to bind for what a sentence gives: a text, or a stored value of any type.

    Raises:
        BadValue: the text does not fit the column.
    """
    if given.is_null:
        return None
    try:
        return convert(cql_type, given)
    except (ValueError, TypeError, OverflowError):
        raise BadValue(
            f"{quoted(given.value)} does not fit column {column} of type {name_of(cql_type)}",
            f"column {column}",
            f"Write {looks(cql_type)}, or NULL.",
        ) from None


def convert(cql_type: Type, part: Part) -> object:
    """A value of a type from a part of a literal.

    Raises:
        ValueError: it does not fit.
    """
    if isinstance(part, ListItem) and not isinstance(part.value, str):
        part = cql_literals.part_of(part.value)
    if not cql_type.subtypes and not issubclass(cql_type, cqltypes.VectorType):
        return _scalar(cql_type.typename, part)
    if isinstance(part, ListItem):
        part = _parsed(str(part.value))
    return _collection(cql_type, part)


def _parsed(text: str) -> Items | Pairs:
    try:
        part = cql_literals.parse(text)
    except BadValue:
        raise ValueError from None
    if isinstance(part, ListItem):
        raise ValueError
    return part


def _scalar(name: str, part: Part) -> object:
    if not isinstance(part, ListItem) or part.value is None:
        raise ValueError
    stored = part.value
    if name in {"float", "double"} and isinstance(stored, int | float) and not isinstance(stored, bool):
        return float(stored)
    given = cells.plain(part.value)  # of a stored value; a text stays as it is
    text = given if name in {"text", "varchar", "ascii"} else given.strip()
    value: Any = _SCALARS[name][0](text) if name in _SCALARS else text
    if name in _BITS and not -(1 << _BITS[name] - 1) <= value < 1 << _BITS[name] - 1:
        raise ValueError
    return value


def _collection(cql_type: Type, part: Items | Pairs) -> object:
    if issubclass(cql_type, cqltypes.UserType):
        return _fields(cql_type, part)
    if cql_type.typename == "map":
        return _map(cql_type, part)
    if isinstance(part, Pairs):
        raise ValueError
    if cql_type.typename == "tuple":
        return tuple(_each(zip(cql_type.subtypes, part.items, strict=True)))
    vector = issubclass(cql_type, cqltypes.VectorType)
    (item,) = (cql_type.subtype,) if vector else cql_type.subtypes
    values = [convert(item, _present(each)) for each in part.items]
    if vector and len(values) != cql_type.vector_size:
        raise ValueError
    # A list keeps what cannot be hashed; the driver makes the set.
    return values


def _each(pairs: Iterable[tuple[Type, Part]]) -> list[object]:
    return [None if isinstance(part, ListItem) and part.is_null else convert(kind, part) for kind, part in pairs]


def _present(part: Part) -> Part:
    """A part of a list, set, map or vector, none of which may hold a null: the node itself stumbles over one."""
    if isinstance(part, ListItem) and part.is_null:
        raise ValueError
    return part


def _map(cql_type: Type, part: Items | Pairs) -> object:
    if isinstance(part, Items):
        if part.bracket != "{" or part.items:
            raise ValueError
        return {}
    keys, values = cql_type.subtypes
    pairs = [(_present(key), _present(value)) for key, value in part.pairs]
    return util.OrderedMap([(_hashable(convert(keys, key)), convert(values, value)) for key, value in pairs])


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _fields(cql_type: Type, part: Items | Pairs) -> tuple[object, ...]:
    """The fields of a user-defined type in its own order; those that are not given are null."""
    if isinstance(part, Items):
        padded = [*part.items, *[ListItem(None, True)] * (len(cql_type.subtypes) - len(part.items))]
        return tuple(_each(zip(cql_type.subtypes, padded, strict=True)))
    given = {str(key.value): value for key, value in part.pairs if isinstance(key, ListItem)}
    if set(given) - set(cql_type.fieldnames):
        raise ValueError
    named = zip(cql_type.fieldnames, cql_type.subtypes, strict=True)
    return tuple(_each((kind, given.get(name, ListItem(None, True))) for name, kind in named))


def plain(value: object) -> object:
    """A value as the driver gives it, in Python's own types where they hold it; nested, too."""
    if isinstance(value, util.SortedSet | set | frozenset):
        return _plain_set([plain(each) for each in value])
    if isinstance(value, Mapping):
        return {_hashable(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        values = [plain(each) for each in value]
        return dict(zip(fields, values, strict=True)) if fields else tuple(values)
    if isinstance(value, list):
        return [plain(each) for each in value]
    return _plain_scalar(value)


def _plain_set(values: list[object]) -> object:
    try:
        return set(values)
    except TypeError:  # sets of lists or of user-defined types
        return values


def _plain_scalar(value: object) -> object:
    if isinstance(value, util.Date):
        try:
            return value.date()
        except ValueError:  # a year that Python does not know
            return str(value)
    if isinstance(value, util.Time):
        return str(value) if value.nanosecond % 1000 else value.time()
    return _duration_text(value) if isinstance(value, util.Duration) else value


def _duration_text(value: util.Duration) -> str:
    """A duration in CQL's own notation, the largest units first."""
    parts = (value.months, value.days, value.nanoseconds)
    texts: list[str] = []
    for at, part in enumerate(map(abs, parts)):
        left = part
        for unit in _SHOWN_UNITS[at]:
            count, left = divmod(left, _UNITS[unit][at])
            texts += [f"{count}{unit}"] if count else []
    return ("-" if min(parts) < 0 else "") + ("".join(texts) or "0s")
