"""What the text of a table's cell means beside the value that a database gave, and how both are written.

Two values are the same where their keys are equal: 19.9 is Decimal("19.90"), true is 1 (there are databases without
booleans), a moment is the same in every time zone, and a text is never a number.
"""

import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from apitest.documents.display import in_full, visible
from apitest.expressions import expression
from apitest.language.lists import ListItem
from apitest.tables import columns

Key = tuple[str, object]

NULL: Key = ("null", None)
# Python type -> kind of a column, as `apitest.tables.columns` has them; bool before int, datetime before date
_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "float"),
    (Decimal, "decimal"),
    (str, "text"),
    (datetime.datetime, "datetime"),
    (datetime.date, "date"),
    (datetime.time, "time"),
    (datetime.timedelta, "duration"),
    (uuid.UUID, "uuid"),
    ((bytes, bytearray, memoryview), "binary"),
    ((list, tuple, set, frozenset, Mapping), "json"),
)
_NUMBERS = (int, float, Decimal)  # bool is an int
_SPOKEN = {"true": Decimal(1), "false": Decimal(0), "nan": "NaN"}  # NaN as a text equals itself
_INFINITE = expression(r"[+-]?inf(inity)?", re.IGNORECASE)
_DURATION = expression(r"(-?)([0-9]+):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,6})?))?")
_MISTAKEN = expression(r"\s.*|.*\s|[+-]?[0-9.].*|null|true|false|['\"\[{].*|.*[|].*|", re.IGNORECASE | re.DOTALL)


def kind_of(value: object) -> str:
    """The kind of a value: one of those of `apitest.tables.columns`, "duration" or "other"."""
    return next((kind for cls, kind in _KINDS if isinstance(value, cls)), "other")


def kinds_of(values: Iterable[object]) -> list[str]:
    """The kinds of the values of a column, in their order; text comes last, no value has none."""
    kinds = dict.fromkeys(kind_of(value) for value in values if value is not None)
    return sorted(kinds, key=lambda kind: kind == "text")


def key(value: object) -> Key:
    """What is compared of a value; it can be hashed."""
    kind = kind_of(value)
    if value is None:
        return NULL
    if isinstance(value, _NUMBERS):
        return ("number", _canonical_number(value))
    if isinstance(value, datetime.time) and value.tzinfo is None:  # MySQL's own are the time since midnight
        return ("duration", _since_midnight(value))
    return (kind, _CANONICAL.get(kind, str)(value))


def key_as(value: object, kind: str) -> Key:
    """The key of a value in a column whose kind is stated, where the database gave another: text for a date, say."""
    if value is None or kind_of(value) == kind:
        return key(value)
    if kind == "text":
        return ("text", plain(value))
    return key_of_text(value, [kind]) if isinstance(value, str) else key(value)


def key_of(given: ListItem, kinds: Iterable[str]) -> Key:
    """The key of a cell as it is given, in a column whose values are of these kinds."""
    if given.is_null:
        return NULL
    if not isinstance(given.value, str):
        return key(given.value)
    kinds = list(kinds)
    if given.value == "" and not given.exact:
        return NULL
    return key_of_text(given.value, kinds)


def key_of_text(text: str, kinds: Iterable[str]) -> Key:
    """The key of the value that a text is in the first of these kinds that it fits; else of the text itself."""
    for kind in kinds:
        try:
            return _read(text, kind)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return ("text", text)


def _read(text: str, kind: str) -> Key:
    if kind == "other":
        return ("other", text)
    reader = _READERS.get(kind) or columns.converter(kind)
    return key(reader(text))


def _canonical_number(value: float | Decimal) -> Decimal | str:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return "NaN" if number.is_nan() else number


def _moment(value: datetime.datetime) -> datetime.datetime:
    """A moment in UTC; one without a time zone is taken to be in it."""
    return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)


def _document(value: object) -> object:
    """A list, set or mapping as what can be hashed; the order of a set or of keys does not count."""
    if isinstance(value, Mapping):
        return ("mapping", frozenset((_document(name), _document(each)) for name, each in value.items()))
    if isinstance(value, set | frozenset):
        return ("set", frozenset(map(_document, value)))
    if isinstance(value, list | tuple):
        return ("list", tuple(map(_document, value)))
    if isinstance(value, bool):
        return ("boolean", value)
    kind, canonical = key(value)
    # Within a document only JSON's own types can be told apart by how they are written.
    return canonical if kind in ("number", "null") else plain(value)


_CANONICAL: dict[str, Callable[..., object]] = {  # each is called with values of its kind only
    "datetime": _moment,
    "date": lambda value: value,
    "time": lambda value: value,
    "duration": lambda value: value,
    "uuid": lambda value: value,
    "binary": bytes,
    "json": _document,
}


def _number(text: str) -> object:
    spoken = text.strip().casefold()
    if spoken in _SPOKEN:
        return Decimal(spoken) if spoken == "nan" else _SPOKEN[spoken]
    return Decimal(spoken) if _INFINITE.fullmatch(spoken) else Decimal(columns.number(text))


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        import ast  # here, since few values need it

        return ast.literal_eval(text.strip())


def _since_midnight(time: datetime.time) -> datetime.timedelta:
    return datetime.datetime.combine(datetime.date.min, time) - datetime.datetime.min


def _duration(text: str) -> datetime.timedelta:
    """Hours, which may be more than a day has, minutes and seconds."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError
    sign, hours, minutes, seconds = match.groups()
    found = datetime.timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds or 0))
    return -found if sign else found


def _duration_text(value: datetime.timedelta) -> str:
    minutes, seconds = divmod(abs(value), datetime.timedelta(minutes=1))
    fraction = f".{seconds.microseconds:06}" if seconds.microseconds else ""
    sign = "-" if value < datetime.timedelta() else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds.seconds:02}{fraction}"


_READERS: dict[str, Callable[[str], object]] = {
    "integer": _number,
    "float": _number,
    "decimal": _number,
    "json": _json,
    "duration": _duration,
}


_TEXTS: dict[str, Callable[..., str]] = {
    "binary": lambda value: f"0x{bytes(value).hex()}",
    "duration": _duration_text,
}


def portable(value: object) -> object:
    """A value in the types that JSON and the sentences about variables know; bytes stay.

    A decimal becomes an integer or a float, or its text where no float is equal to it; what has no type in JSON (a
    date, a UUID …) becomes the text that `plain` makes of it. Rows stay tuples.
    """
    if isinstance(value, Decimal):
        return _portable_number(value)
    if isinstance(value, Mapping):
        return {name if isinstance(name, str) else plain(name): portable(each) for name, each in value.items()}
    if isinstance(value, set | frozenset):
        return [portable(each) for each in sorted(value, key=plain)]
    if isinstance(value, list | tuple):
        return type(value)(map(portable, value))
    return value if value is None or isinstance(value, bool | int | float | str | bytes) else plain(value)


def _portable_number(number: Decimal) -> int | float | str:
    if number.is_finite() and not int(number.as_tuple().exponent):
        return int(number)
    nearest = float(number)
    return nearest if number.is_nan() or Decimal(repr(nearest)) == number else str(number)


def plain(value: object) -> str:
    """A value as a cell may have it: NULL, true, 19.90, 2024-02-29, 0xcafe, [1, 2]."""
    kind = kind_of(value)
    if value is None:
        return "NULL"
    if kind == "boolean":
        return str(value).lower()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _document_text(value) if kind == "json" else _TEXTS.get(kind, str)(value)


def _document_text(value: object) -> str:
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(in_full(each) for each in value)) + "}"
    try:
        return json.dumps(value, ensure_ascii=False, default=_known_to_json)
    except (TypeError, ValueError, RecursionError):  # keys that JSON has not, or hundreds of levels
        return in_full(value)


def _known_to_json(value: object) -> object:
    """What JSON knows of a value that it does not know; a driver's own kind of map is made a dictionary of."""
    return dict(value) if isinstance(value, Mapping) else plain(value)


def written(value: object) -> str:
    """A value as a table shows it: as `plain`, but a text that could be taken for something else is in quotes."""
    text = plain(value)
    if not isinstance(value, str):
        return visible(text)
    if "\\" in text or not text.isprintable():
        return in_full(text)
    return f'"{text}"' if _MISTAKEN.fullmatch(text) else text
