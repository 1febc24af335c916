"""One JSON document that has every kind of value in it."""

from zato.server.service import Service

DOCUMENT = {
    "string": "abc",
    "empty": "",
    "unicode": "Zażółć gęślą jaźń",
    "integer": 123,
    "negative": -7,
    "zero": 0,
    "big": 9007199254740993,
    "float": 1.5,
    "whole_float": 1.0,
    "numeric_string": "123",
    "true": True,
    "false": False,
    "null": None,
    "list": ["a", "b", "c"],
    "numbers": [1, 2, 3],
    "empty_list": [],
    "dict": {"a": 1, "b": {"c": "deep"}},
    "empty_dict": {},
    "uuid": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "uuid1": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:30:45",
    "datetime_utc": "2026-01-31T12:30:45Z",
    "crockford": "16J",
    "crockford_checksum": "16JD",
    "a/b": "a slash in the name",
    "m~n": "a tilde in the name",
    "customers": [
        {"id": 1, "name": "Maria", "tags": ["new", "vip"], "active": True},
        {"id": 2, "name": "Jan", "tags": [], "active": False},
        {"id": 3, "name": "Ana", "tags": ["new"], "active": True},
    ],
    "matrix": [[1, 2], [3, 4]],
}


class Document(Service):
    """Always the same."""

    name = "document.json"

    def handle(self):
        self.response.payload = DOCUMENT
