"""Tests of apitest_server.internal.kvdb.dictionary."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.kvdb.words import DICTIONARY, TRANSLATION, US, entry, translated, with_entries


def test_entries_are_listed_by_what_they_are_of(tmp_path: Path) -> None:
    """Systems, their keys and the values of these, each once."""
    with served(tmp_path) as client:
        for words in (("ERP", "land", "2"), ("CRM", "country", "us"), ("CRM", "country", "fr"), ("CRM", "city", "x")):
            last = client.result(f"{DICTIONARY}.create", entry(*words))
        assert last["name"] == "CRM, city, x"
        assert client.result(f"{DICTIONARY}.get-last-id") == {"value": last["id"]}
        assert client.result(f"{DICTIONARY}.get-system-list") == [{"name": "CRM"}, {"name": "ERP"}]
        keys = client.result(f"{DICTIONARY}.get-key-list", {"system": "CRM"})
        assert keys == [{"name": "city"}, {"name": "country"}]
        values = client.result(f"{DICTIONARY}.get-value-list", {"system": "CRM", "key": "country"})
        assert values == [{"name": "fr"}, {"name": "us"}]
        rows = client.result(f"{DICTIONARY}.get-list", {"system": "CRM", "query": "country"})
        assert [row["value"] for row in rows] == ["fr", "us"]


def test_translations_follow_their_entries(tmp_path: Path) -> None:
    """An entry that is changed is so in each of its translations; one that is deleted takes them with it."""
    with served(tmp_path) as client:
        one, two = with_entries(client)
        number = client.result(f"{TRANSLATION}.create", US)["id"]
        client.result(f"{DICTIONARY}.edit", {"id": one, "value": "usa"})
        client.result(f"{DICTIONARY}.edit", {"id": two, "value": "840"})
        assert (translated(client), translated(client, value1="usa")) == (None, "840")
        row = client.result(f"{TRANSLATION}.get-by-id", {"id": number})
        assert (row["value1"], row["value2"], row["id1"], row["id2"]) == ("usa", "840", one, two)
        client.result(f"{DICTIONARY}.delete", {"id": two})
        assert client.result(f"{TRANSLATION}.get-list") == []
        assert translated(client, value1="usa") is None


def test_an_entry_exists_once(tmp_path: Path) -> None:
    """Also where its name looks like that of another one."""
    with served(tmp_path) as client:
        client.result(f"{DICTIONARY}.create", entry("a", "b", "c d"))
        client.result(f"{DICTIONARY}.create", entry("a", "b", "c  d"))
        refused = client.refused(f"{DICTIONARY}.create", entry("a", "b", "c d"))
        assert refused == (400, "Dictionary entry `a, b, c d` exists already")


@pytest.mark.parametrize(("field", "value"), [("system", "a b"), ("key", ""), ("key", "x" * 101), ("value", "")])
def test_words_have_to_be_some(untouched: Client, field: str, value: str) -> None:
    """Systems and keys are names."""
    status, details = untouched.refused(f"{DICTIONARY}.create", {**entry("a", "b", "c"), field: value})
    assert (status, f"`{field}`" in details) == (400, True), details
