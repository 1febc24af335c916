"""PURE  All dictionaries and translations as one text: JSON, compressed with bzip2, in Base64."""

import bz2
import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apitest_server.errors import InputError
from apitest_server.internal.kvdb._words import Label, Value
from apitest_server.kvdb.dictionaries import Entry

LARGEST = 50 * 1024 * 1024  # bytes of JSON: a small text must not become all that a machine has
SIDES = tuple(f"{name}{side}" for side in (1, 2) for name in Entry._fields)
_PLACE = "data"
Words = Mapping[str, str]


class Export(NamedTuple):
    """Rows with ``system``, ``key``, ``value``, and rows with these and 1 or 2 behind them."""

    entries: Sequence[Words]
    translations: Sequence[Words]


def written(export: Export, about: Mapping[str, object]) -> str:
    """The text of an export; ``about`` says where and when it was made."""
    lists = {"dict_list": export.entries, "translation_list": export.translations}
    content = json.dumps({"meta": about, "data": lists}, sort_keys=True)
    return b64encode(bz2.compress(content.encode("utf-8"))).decode("ascii")


def read(given: object) -> Export:
    """What a text holds that ``written`` has made; JSON itself is taken as well.

    Raises:
        InputError: it is something else, an entry is not valid, or a translation names what is not an entry.
    """
    document = _decoded(given) if isinstance(given, str) else given
    lists = document.get("data") if isinstance(document, dict) else None
    if not isinstance(lists, dict):
        raise InputError(_PLACE, "must have an object `data` with `dict_list` and `translation_list`")
    entries = [_words(row, Entry._fields, "dict_list", place) for place, row in _rows(lists, "dict_list")]
    translations = [_words(row, SIDES, "translation_list", place) for place, row in _rows(lists, "translation_list")]
    known = {tuple(row[name] for name in Entry._fields) for row in entries}
    for place, row in enumerate(translations):
        for side in ("1", "2"):
            if tuple(row[f"{name}{side}"] for name in Entry._fields) not in known:
                raise InputError(_PLACE, f"has no entry for side {side} of translation_list[{place}]")
    return Export(entries, translations)


def _decoded(text: str) -> object:
    content = text if text.lstrip().startswith("{") else _unpacked(text)
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise InputError(_PLACE, "does not hold valid JSON") from None


def _unpacked(text: str) -> bytes:
    unpacking = bz2.BZ2Decompressor()
    try:
        content = unpacking.decompress(b64decode("".join(text.split()), validate=True), LARGEST)
    except (Error, ValueError, OSError):
        raise InputError(_PLACE, "must be JSON, or JSON compressed with bzip2 and written in Base64") from None
    if not unpacking.eof:
        raise InputError(_PLACE, f"is incomplete, or holds more than {LARGEST // 1024**2} MB of JSON")
    return content


def _rows(lists: Mapping[str, object], name: str) -> list[tuple[int, object]]:
    rows = lists.get(name)
    if not isinstance(rows, list):
        raise InputError(_PLACE, f"must have a list `{name}`")
    return list(enumerate(rows))


def _words(row: object, names: Sequence[str], where: str, place: int) -> Words:
    found = {}
    for name in names:
        element = Value(name) if name.startswith("value") else Label(name)
        try:
            found[name] = element.parse(row[name] if isinstance(row, dict) else None)
        except KeyError:
            raise InputError(_PLACE, f"lacks `{name}` in {where}[{place}]") from None
        except ValueError as error:
            raise InputError(_PLACE, f"has a wrong `{name}` in {where}[{place}]: {error}") from None
    return found
