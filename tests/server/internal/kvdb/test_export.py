"""Tests of apitest_server.internal.kvdb._export."""

import bz2
import json
from base64 import b64encode
from typing import Any

import pytest

from apitest_server.errors import InputError
from apitest_server.internal.kvdb import _export
from apitest_server.internal.kvdb._export import Export, read, written
from tests.server.internal.kvdb.words import US, entry

ROWS = [entry("CRM", "country", "us"), entry("ERP", "land", "1")]


def packed(document: object) -> str:
    return b64encode(bz2.compress(json.dumps(document).encode())).decode()


def test_what_is_written_is_read_again() -> None:
    """Also the JSON in it, as a text or as an object."""
    export = Export(ROWS, [US])
    document = {"data": {"dict_list": ROWS, "translation_list": [{**US, "id": 5}]}}
    assert read(written(export, {"server": "a"})) == read(document) == read(json.dumps(document)) == export


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (5, "must have an object `data`"),
        ("not packed", "must be JSON, or JSON compressed with bzip2"),
        (b64encode(b"not packed").decode(), "must be JSON, or JSON compressed with bzip2"),
        (packed({"data": {}})[:40], "is incomplete, or holds more than"),
        ("{", "does not hold valid JSON"),
        ({"data": {"dict_list": []}}, "must have a list `translation_list`"),
        (
            {"data": {"dict_list": [5], "translation_list": []}},
            "has a wrong `system` in dict_list[0]: must be a string",
        ),
        ({"data": {"dict_list": [{"system": "a"}], "translation_list": []}}, "lacks `key` in dict_list[0]"),
        (
            {"data": {"dict_list": ROWS, "translation_list": [US, {**US, "value2": "2"}]}},
            "has no entry for side 2 of translation_list[1]",
        ),
    ],
)
def test_what_is_not_an_export_is_refused(given: Any, words: str) -> None:
    """With what is wrong, and in which row."""
    with pytest.raises(InputError, match="`data`") as caught:
        read(given)
    assert words in caught.value.details


def test_a_small_text_does_not_become_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than the limit is refused before it is all there."""
    monkeypatch.setattr(_export, "LARGEST", 1000)
    with pytest.raises(InputError, match="more than"):
        read(packed({"data": "x" * 5000}))
