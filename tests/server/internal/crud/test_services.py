"""Tests of the mechanism that makes services of descriptions, through a server in this process, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.deploy.discovery import services_of_module
from apitest_server.errors import NotFound
from apitest_server.internal import crud
from apitest_server.internal.crud import find
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.passwords import Verifier
from tests.server.asgi import Client, served
from tests.server.internal.crud import things


class Names(Each):
    """What is effective in the running server."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}

    def check(self, item: StoredObject) -> None:
        if item.name == "impossible":
            raise NotFound("There is no place for it")

    def put(self, item: StoredObject) -> None:
        self.names[item.id] = item.name

    def remove(self, item: StoredObject) -> None:
        del self.names[item.id]


@pytest.fixture
def client(tmp_path: Path, odb_url: str) -> Iterator[Client]:
    conf = f"[odb]\nurl = {odb_url}\n" if odb_url else ""
    with served(tmp_path, conf) as client:
        client.app.store.deploy(services_of_module(things, internal=True))
        yield client


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


def create(client: Client, name: str, **fields: Any) -> int:
    return int(client.result("zato.test.thing.create", {"name": name, "host": "h", **fields})["id"])


def shown(client: Client, number: int) -> dict[str, Any]:
    return dict(client.result("zato.test.thing.get-by-id", {"id": number}))


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


def test_what_is_created_is_shown_without_its_secrets(client: Client) -> None:
    """With the defaults of what was not given, whatever the types are."""
    number = create(client, "a", password="p", tags="x,y", since="2026-01-31T10:00:00", mode="")
    row = {
        "id": number,
        "name": "a",
        "is_active": True,
        "host": "h",
        "port": 21,
        "mode": "passive",
        "code": "",
        "tags": "x,y",
        "since": "2026-01-31T10:00:00+00:00",
        "other_id": 0,
        "is_declared": False,
    }
    assert shown(client, number) == row
    assert client.result("zato.test.thing.get-by-name", {"name": "a"}) == row
    stored = find(client.app, things.THING, number)
    assert stored.secret("password") == "p"
    assert stored.secrets["password"].startswith("encrypted:")


def test_edit_changes_what_is_given(client: Client) -> None:
    """Everything else, secrets included, stays."""
    number = create(client, "a", port=5, tags="x", password="p")
    assert client.result("zato.test.thing.edit", {"id": number, "name": "b", "host": "g/"}) == {
        "id": number,
        "name": "b",
    }
    row = shown(client, number)
    assert (row["name"], row["host"], row["port"], row["tags"]) == ("b", "g", 5, "x")
    client.result("zato.test.thing.edit", {"id": number, "password": ""})
    assert find(client.app, things.THING, number).secret("password") == "p"


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


def test_changes_take_effect_at_once(client: Client) -> None:
    """In the running server, and again at the next start."""
    live = Names()
    client.app.live.register({"test.thing": lambda: live})
    one, two = create(client, "a"), create(client, "b")
    client.result("zato.test.thing.edit", {"id": one, "name": "c"})
    client.result("zato.test.thing.delete", {"id": two})
    assert live.names == {one: "c"}
    again = Names()
    again.load([item for item in client.app.odb.load() if item.kind == "test.thing"])
    assert again.names == live.names


def test_what_others_need_cannot_be_deleted(client: Client) -> None:
    """Until they are told to do without."""
    one = create(client, "a")
    two = create(client, "b", other_id=one)
    status, details = client.refused("zato.test.thing.delete", {"id": one})
    assert (status, details) == (400, "Thing `a` cannot be deleted, it is used by: b")
    client.result("zato.test.thing.edit", {"id": two, "other_id": "ZATO_NONE"})
    assert client.result("zato.test.thing.delete", {"id": one}) == {"id": one, "name": "a"}


def test_lists_are_paged_searched_and_filtered(client: Client) -> None:
    """Those of server.conf are in front; all together are one list."""
    for name in ("d", "C", "b"):
        create(client, name, is_active=name != "C")
    every = ["alpha of server.conf", "Zeta of server.conf", "b", "C", "d"]

    def listed(**given: Any) -> list[str]:
        return [row["name"] for row in client.result("zato.test.thing.get-list", {"cluster_id": 1, **given})]

    assert listed() == every
    pages = [listed(cur_page=number, page_size=3) for number in (1, 2, 3)]
    assert pages == [every[:3], every[3:], []]
    assert listed(cur_page=1, page_size=1) == every[:1]
    assert listed(query="CONF") == every[:2]
    assert listed(query="h b") == ["b"]
    assert listed(is_active=False) == ["alpha of server.conf", "C"]
    assert listed(paginate=True) == every


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


def test_a_changed_password_is_stored_as_its_kind_says(client: Client) -> None:
    """Encrypted where it has to be read again, hashed where it is verified."""
    number = create(client, "a")
    client.result("zato.test.thing.change-password", {"id": number, "password1": "new", "password2": "new"})
    assert find(client.app, things.THING, number).secret("password") == "new"
    user = client.result("zato.test.user.create", {"name": "u", "login": "l"})["id"]
    client.result("zato.test.user.change-password", {"id": user, "password1": "new", "password2": "new"})
    assert Verifier().verify(find(client.app, things.USER, user).secret("password"), "new")


def test_a_hashed_secret_can_be_made_readable(client: Client) -> None:
    """With the secret given again: nobody can read a hash."""
    user = client.result("zato.test.user.create", {"name": "u", "login": "l", "password": "p"})["id"]
    status, details = client.refused("zato.test.user.edit", {"id": user, "readable": True})
    assert (status, details) == (400, "Input field `password` has to be given again where `readable` changes")
    client.result("zato.test.user.edit", {"id": user, "readable": True, "password": "p"})
    assert find(client.app, things.USER, user).secret("password") == "p"


def test_names_are_unique_in_a_space_and_fields_in_a_kind(client: Client) -> None:
    """Kinds may share a space."""
    client.result("zato.test.user.create", {"name": "u", "login": "l"})
    assert client.refused("zato.test.plain.create", {"name": "u"})[1] == "Plain thing `u` exists already"
    status, details = client.refused("zato.test.user.create", {"name": "v", "login": "l"})
    assert (status, details) == (400, "Input field `login` is the same as that of User `u`; it must be unique")


def test_what_server_conf_declares_is_found_too(client: Client) -> None:
    """By ID and by name; services that need what is stored find nothing."""
    row = client.result("zato.test.thing.get-by-id", {"id": -1})
    assert row == client.result("zato.test.thing.get-by-name", {"name": "alpha of server.conf"})
    assert (row["is_declared"], row["is_active"], row["port"]) == (True, False, 21)
    with pytest.raises(NotFound):
        find(client.app, things.THING, -1)
