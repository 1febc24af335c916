"""Tests of apitest_server.internal.checks: each type of SimpleIO, through a service."""

from collections.abc import Iterator
from typing import Any

import pytest

from apitest_server.errors import ServerError
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

NIL = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server."""
    with served(tmp_path_factory.mktemp("server")) as client:
        yield client


@pytest.mark.parametrize(
    ("kind", "value", "returned", "default", "python_type"),
    [
        ("as-is", {"a": [1]}, {"a": [1]}, "default", "dict"),
        ("bool", "yes", True, True, "bool"),
        ("csv", "a, b", "a,b", "x,y", "list"),
        ("date", "2026-02-28T10:00", "2026-02-28", "2026-01-31", "date"),
        ("date-time", "2026-02-28", "2026-02-28T00:00:00+00:00", "2026-01-31T12:30:00+00:00", "datetime"),
        ("decimal", "1.10", "1.10", "0.10", "Decimal"),
        ("dict", {"a": 1, "c": 2}, {"a": 1, "c": 2}, {"a": 0}, "Attrs"),
        ("dict-list", [{"a": 1}], [{"a": 1}], [{"a": 0}], "list"),
        ("float", "1.5", 1.5, 0.5, "float"),
        ("int", "12", 12, 7, "int"),
        ("list", 5, [5], [1, 2], "list"),
        ("opaque", {"a": {"b": 2}}, {"a": {"b": 2}}, {"a": {"b": 1}}, "Attrs"),
        ("text", 5, "5", "default", "str"),
        ("uuid", NIL.upper(), NIL, NIL, "UUID"),
    ],
)
def test_a_field_of_each_type(
    client: Client, kind: str, value: Any, returned: Any, default: Any, python_type: str
) -> None:
    """What came in, what an optional field becomes that did not, and what the service saw."""
    found = call(client, f"zato.checks.sio.{kind}", {"required": value})
    nothing = "" if kind == "text" else None
    expected = {"required": returned, "optional": nothing, "with_default": default, "python_type": python_type}
    assert found == expected
    again = call(client, f"zato.checks.sio.{kind}", {"required": value, "optional": value, "with_default": value})
    assert again == {**expected, "optional": returned, "with_default": returned}


@pytest.mark.parametrize(
    ("kind", "value", "details"),
    [
        ("as-is", None, "`required` is required"),
        ("bool", "maybe", "must be true or false"),
        ("csv", 5, "must be a text such as a,b,c"),
        ("date", "31.01.2026", "must be a date such as"),
        ("date-time", "noon", "must be a date and time such as"),
        ("decimal", "x", "must be a decimal number"),
        ("dict", {"b": 1}, "must have the key `a`"),
        ("dict-list", {"a": 1}, "must be a list of objects"),
        ("float", "x", "must be a number"),
        ("int", 1.5, "must be an integer"),
        ("list", {"a": 1}, "must be a list"),
        ("opaque", None, "`required` is required"),
        ("text", {}, "must be a string"),
        ("uuid", "x", "must be a UUID"),
    ],
)
def test_a_value_of_another_type_is_refused(client: Client, kind: str, value: Any, details: str) -> None:
    """The error names the field."""
    status, told = refused(client, f"zato.checks.sio.{kind}", {"required": value})
    assert (status, told.startswith("Input field `required`")) == (400, True)
    assert details in told


def test_a_message_may_be_a_list(client: Client) -> None:
    """An error says which item it is in."""
    message = {"name": "a", "count": "1", "since": "2026-01-31"}
    one = {
        "name": "a",
        "count": 1,
        "since": "2026-01-31T00:00:00+00:00",
        "is_active": True,
        "tags": None,
        "about": None,
        "comment": "",
    }
    assert call(client, "zato.checks.sio.mixed", message) == one
    assert call(client, "zato.checks.sio.mixed", [message, {**message, "comment": "x"}]) == [
        one,
        {**one, "comment": "x"},
    ]
    assert refused(client, "zato.checks.sio.mixed", [message, {}])[1] == "Input field `[1].name` is required"


def test_output_has_declared_fields_only(client: Client) -> None:
    """Row by row."""
    assert call(client, "zato.checks.sio.output-list", {"rows": 2}) == [
        {"number": 0, "text": "row 0"},
        {"number": 1, "text": "row 1"},
    ]
    assert refused(client, "zato.checks.sio.output-list", {"rows": "x"})[0] == 400


def test_a_service_that_breaks_its_promise_is_at_fault(client: Client) -> None:
    """The caller is not at fault."""
    assert call(client, "zato.checks.sio.missing-output", {"value": "x"}) == {"value": "x"}
    with pytest.raises(ServerError, match="Required output field `value` was not given"):
        call(client, "zato.checks.sio.missing-output")


def test_without_simpleio_everything_is_returned(client: Client) -> None:
    """The payload as it is."""
    assert call(client, "zato.checks.sio.none", {"b": 1, "a": 2}) == {"payload": {"b": 1, "a": 2}, "fields": ["a", "b"]}
