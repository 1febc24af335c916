"""Entries and translations, as services take them."""

from typing import Any

from tests.server.asgi import Client

DICTIONARY, TRANSLATION = "zato.kvdb.data-dict.dictionary", "zato.kvdb.data-dict.translation"
IMPEXP = "zato.kvdb.data-dict.impexp"
US: dict[str, Any] = {
    "system1": "CRM", "key1": "country", "value1": "us", "system2": "ERP", "key2": "land", "value2": "1",
}  # fmt: skip
SOURCE = {name: US[name] for name in US if name != "value2"}


def entry(system: str, key: str, value: str) -> dict[str, str]:
    return {"system": system, "key": key, "value": value}


def with_entries(client: Client) -> tuple[int, int]:
    """Creates what ``US`` needs; the IDs."""
    one = client.result(f"{DICTIONARY}.create", entry("CRM", "country", "us"))["id"]
    return one, client.result(f"{DICTIONARY}.create", entry("ERP", "land", "1"))["id"]


def translated(client: Client, **words: str) -> Any:
    return client.result(f"{TRANSLATION}.translate", {**SOURCE, **words}).get("value2")
