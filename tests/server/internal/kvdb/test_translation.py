"""Tests of apitest_server.internal.kvdb.translation."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.kvdb.words import SOURCE, TRANSLATION, US, translated, with_entries


def test_both_sides_have_to_be_in_a_dictionary(tmp_path: Path) -> None:
    """The side that is not is named, and what it says."""
    with served(tmp_path) as client:
        with_entries(client)
        status, details = client.refused(f"{TRANSLATION}.create", {**US, "value2": "2"})
        assert (status, "`value2`" in details, "system `ERP`, key `land`, value `2`" in details) == (400, True, True)


def test_a_value_is_translated_and_shown_in_several_ways(tmp_path: Path) -> None:
    """Nothing is returned of one that is not translated."""
    with served(tmp_path) as client:
        with_entries(client)
        number = client.result(f"{TRANSLATION}.create", US)["id"]
        assert client.result(f"{TRANSLATION}.translate", SOURCE) == {
            "value2": "1",
            "repr": "'1'",
            "hex": "31",
            "sha1": "356a192b7913b04c54574d18c28d46e6395428ab",
            "sha256": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
        }
        assert client.result(f"{TRANSLATION}.translate", {**SOURCE, "value1": "fr"}) == {}
        assert client.result(f"{TRANSLATION}.get-last-id") == {"value": number}
        client.result(f"{TRANSLATION}.delete", {"id": number})
        assert translated(client) is None


def test_a_value_is_translated_into_one(tmp_path: Path) -> None:
    """A second translation of it between the same keys is refused."""
    with served(tmp_path) as client:
        with_entries(client)
        client.result(f"{TRANSLATION}.create", US)
        refused = client.refused(f"{TRANSLATION}.create", US)
        assert refused == (400, "Translation `CRM, country, us, ERP, land` exists already")
