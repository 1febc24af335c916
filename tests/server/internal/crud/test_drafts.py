"""Tests of apitest_server.internal.crud.drafts, through a server in this process, on both databases."""

from apitest_server.internal.crud import find
from apitest_server.security.passwords import Verifier
from tests.server.asgi import Client
from tests.server.internal.crud import things
from tests.server.internal.crud.using import create, shown


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
    status, details = client.refused("zato.test.plain.create", {"name": "u"})
    assert (status, details) == (400, "An object of the kind test.user that is called `u` exists already")
    status, details = client.refused("zato.test.user.create", {"name": "v", "login": "l"})
    assert (status, details) == (400, "Input field `login` is the same as that of User `u`; it must be unique")
