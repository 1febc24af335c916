"""Tests of the mechanism that makes services of descriptions, through a server in this process, on both databases."""

from typing import Any

import pytest

from apitest_server.deploy.discovery import services_of_module
from apitest_server.internal import crud
from tests.server.asgi import Client
from tests.server.internal.crud import things
from tests.server.internal.crud.using import Names, create

BAD_INPUT: list[tuple[str, Any, int, str]] = [
    ("create", {"host": "h"}, 400, "Input field `name` is required"),
    ("create", {"name": "b"}, 400, "Input field `host` is required"),
    ("create", {"name": "a", "host": "h"}, 400, "Thing `a` exists already"),
    ("create", {"name": "Zeta of server.conf", "host": "h"}, 400, "it is declared in server.conf"),
    ("create", {"name": " ", "host": "h"}, 400, "Input field `name` must be a name of 1 to 200"),
    ("create", {"name": "b", "host": "h", "port": 0}, 400, "`port` must be a whole number from 1 to 65535"),
    ("create", {"name": "b", "host": "h", "mode": "x"}, 400, "`mode` must be one of passive, active"),
    ("create", {"name": "b", "host": "h\0"}, 400, "Input field `host` must not hold a NUL character"),
    ("create", {"name": "b", "host": "refused"}, 400, "Thing 0 is refused"),
    ("create", {"name": "impossible", "host": "h"}, 404, "There is no place for it"),
    ("create", {"name": "b", "host": "h", "other_id": 99}, 400, "Input field `other_id`: there is no object"),
    ("create", {"name": "b", "host": "h", "other_id": -1}, 400, "Input field `other_id` must be"),
    ("create", [{"name": "b", "host": "h"}], 400, "Input field `body` must be an object"),
    ("edit", {"id": 99}, 404, "There is no Thing with ID 99"),
    ("edit", {"id": 2**40}, 400, "Input field `id` must be a whole number"),
    (
        "edit",
        {"id": -1, "port": 5},
        400,
        "`alpha of server.conf` is declared in server.conf and can only be changed",
    ),
    ("edit", {"id": -9}, 404, "There is no Thing with ID -9"),
    ("delete", {"id": 99}, 404, "There is no Thing with ID 99"),
    ("delete", {"id": -2}, 400, "is declared in server.conf"),
    ("delete", {}, 400, "Input field `id` is required"),
    ("get-by-id", {"id": 99}, 404, "There is no Thing with ID 99"),
    ("get-by-name", {"name": "x"}, 404, "There is no Thing with name `x`"),
    ("get-list", {"cur_page": 0}, 400, "Input field `cur_page` must be from 1"),
    ("get-list", {"page_size": 5000}, 400, "Input field `page_size` must be from 1 to 1000"),
    ("change-password", {"id": 1, "password1": "a", "password2": "b"}, 400, "`password2` is not the same"),
    ("change-password", {"id": 1, "password1": "", "password2": ""}, 400, "`password1` must not be empty"),
    ("change-password", {"id": 99, "password1": "a", "password2": "a"}, 404, "no Thing with ID 99"),
]


def test_a_type_of_objects_has_its_services() -> None:
    """Each is a class of the module."""
    deployed = {service.name: service.place for service in services_of_module(things)}
    verbs = ["change-password", "create", "delete", "edit", "get-by-id", "get-by-name", "get-list"]
    assert [name for name in sorted(deployed) if ".thing." in name] == [f"zato.test.thing.{verb}" for verb in verbs]
    assert [name for name in sorted(deployed) if ".plain." in name] == [
        f"zato.test.plain.{verb}" for verb in ("create", "delete")
    ]
    assert deployed["zato.test.thing.get-list"] == f"{things.__name__}:ThingGetList"


def test_a_service_is_named_after_its_type_of_objects() -> None:
    """A class with another name is refused when it is defined."""
    with pytest.raises(TypeError, match=r"must have the name `zato\.test\.thing\.create`, not `zato\.thing\.create`"):
        type("Wrong", (crud.Create,), {"name": "zato.thing.create", "object_type": things.THING})


def test_bad_input_is_told(client: Client) -> None:
    """By field or object; nothing is stored, nothing takes effect."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    number = create(client, "a")
    for verb, payload, expected, words in BAD_INPUT:
        status, details = client.refused(f"zato.test.thing.{verb}", payload)
        assert (status, words in details) == (expected, True), (verb, payload, details)
    assert client.call("zato.test.thing.get-list").json()["_meta"]["total"] == 3
    assert live.names == {number: "a"}


def test_a_list_says_which_page_it_is(client: Client) -> None:
    """Next to the envelope's element."""
    for name in "abc":
        create(client, name)
    meta = client.call("zato.test.thing.get-list", {"cur_page": 2, "page_size": 2}).json()["_meta"]
    assert meta == {
        "total": 5,
        "page_size": 2,
        "num_pages": 3,
        "cur_page": 2,
        "has_prev_page": True,
        "prev_page": 1,
        "has_next_page": True,
        "next_page": 3,
    }
