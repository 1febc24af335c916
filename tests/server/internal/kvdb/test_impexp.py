"""Tests of apitest_server.internal.kvdb.impexp."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.kvdb.words import DICTIONARY, IMPEXP, TRANSLATION, US, entry, translated, with_entries


def test_an_import_puts_an_export_in_the_place_of_what_is_there(tmp_path: Path) -> None:
    """What is in both keeps its ID, what is not in the export is gone, and translations work at once."""
    with served(tmp_path) as client:
        one, two = with_entries(client)
        number = client.result(f"{TRANSLATION}.create", US)["id"]
        exported = client.result(f"{IMPEXP}.export")["data"]
        client.result(f"{DICTIONARY}.delete", {"id": two})
        client.result(f"{DICTIONARY}.create", entry("x", "y", "z"))
        assert translated(client) is None
        assert client.result(f"{IMPEXP}.import", {"data": exported}) == {"entries": 2, "translations": 1}
        assert translated(client) == "1"
        rows = client.result(f"{DICTIONARY}.get-list")
        assert [row["system"] for row in rows] == ["CRM", "ERP"]
        assert rows[0]["id"] == one
        row = client.result(f"{TRANSLATION}.get-list")[0]
        assert (row["id1"], row["id2"]) == (one, rows[1]["id"])
        assert row["id"] > number


def test_an_import_takes_place_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """A row that is wrong leaves everything as it was."""
    with served(tmp_path) as client:
        with_entries(client)
        client.result(f"{TRANSLATION}.create", US)
        lists = {"dict_list": [entry("a", "b", "c")], "translation_list": [US]}
        assert client.refused(f"{IMPEXP}.import", {"data": {"data": lists}})[0] == 400
        assert translated(client) == "1"
        assert client.result(f"{IMPEXP}.import", {"data": {"data": {**lists, "translation_list": []}}})["entries"] == 1
        assert [row["name"] for row in client.result(f"{DICTIONARY}.get-list")] == ["a, b, c"]
