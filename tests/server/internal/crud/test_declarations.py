"""Tests of apitest_server.internal.crud.declarations."""

from typing import Any

from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.object_type import KEPT
from tests.server.internal.crud.things import PLAIN, THING


def names(fields: Any) -> list[str]:
    """Of elements, in their order."""
    return [field.name for field in fields]


def test_create_takes_all_fields() -> None:
    """Those that have no default are required."""
    found = declaration(THING, "create")
    assert names(found.input_required) == ["name", "host"]
    optional = ["is_active", "port", "mode", "code", "tags", "since", "other_id", "password", "cluster_id"]
    assert names(found.input_optional) == optional
    assert names(found.output_required) == ["id", "name"]
    assert not hasattr(found, "default_value")


def test_edit_keeps_what_is_not_given() -> None:
    """No field has the default of a new object."""
    found = declaration(THING, "edit")
    assert names(found.input_required) == ["id"]
    assert found.default_value is KEPT
    assert all("default" not in vars(field) for field in found.input_optional)
    assert THING.fields[0].element.default is True  # the declared one has its default still


def test_what_is_read_has_no_secrets() -> None:
    """Filters are optional; whether an object is declared in server.conf is shown where it can be."""
    found = declaration(THING, "get-list")
    assert names(found.input_required) == []
    assert names(found.input_optional) == ["cur_page", "page_size", "paginate", "query", "is_active", "cluster_id"]
    assert names(found.output_optional) == [
        *("is_active", "host", "port", "mode", "code", "tags", "since", "other_id", "is_declared"),
    ]
    assert names(declaration(PLAIN, "get-by-id").output_optional) == []
    assert names(declaration(PLAIN, "get-by-name").input_required) == ["name"]


def test_a_password_is_given_twice() -> None:
    """Next to the ID of what has it."""
    assert names(declaration(THING, "change-password").input_required) == ["id", "password1", "password2"]
