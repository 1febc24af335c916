"""Tests of apitest_server.internal.sso._attributes."""

from pathlib import Path

from tests.server.asgi import Client
from tests.server.sso.place import sso


def test_what_is_wrong_is_told(untouched: Client) -> None:
    """With its place."""
    for fields, details in (
        ({}, "`name` must be the name of an attribute"),
        ({"data": []}, "`data` must be a list that is not empty"),
        ({"data": [{"name": "a"}, 1]}, "`data[1]` must be an object with a name and a value"),
        ({"data": [{"name": 1}]}, "`data[0].name` must be the name of an attribute"),
        ({"data": [{"name": "a", "encrypt": "maybe"}]}, "`data[0]` has an attribute that must be true or false"),
    ):
        assert untouched.refused("zato.sso.user-attr.set", fields) == (400, f"Input field {details}")
    assert untouched.refused("zato.sso.user-attr.get", {"data": [1]})[1].endswith("must be the name of an attribute")


def test_names_are_given_alone_or_in_objects(tmp_path: Path) -> None:
    """As those are that attributes were made of."""
    with sso(tmp_path) as (_, boss):
        attrs = [{"name": "a", "value": 1}, {"name": "b", "value": 2, "encrypt": True, "expiration": 60}]
        boss.good("POST", "user/attr", data=attrs)
        found = boss.good("GET", "user/attr", data=attrs)["result"]
        assert [(one["value"], one["is_encrypted"]) for one in found.values()] == [(1, False), (2, True)]
        assert found == boss.good("GET", "user/attr", data=["a", "b"])["result"]
