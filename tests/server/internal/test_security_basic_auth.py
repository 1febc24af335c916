from pathlib import Path

from tests.server.asgi import served


def test_a_user_name_is_required_and_a_realm_is_not(tmp_path: Path) -> None:
    """The realm is apitest where none is given."""
    with served(tmp_path) as client:
        status, details = client.refused("zato.security.basic-auth.create", {"name": "a"})
        assert (status, "`username`" in details) == (400, True)
        client.result("zato.security.basic-auth.create", {"name": "a", "username": "u"})
        assert client.result("zato.security.basic-auth.get-by-name", {"name": "a"})["realm"] == "apitest"


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """Not even as a hash."""
    with served(tmp_path) as client:
        client.result("zato.security.basic-auth.create", {"name": "a", "username": "u", "password": "s3cret-word"})
        shown = str(client.result("zato.security.basic-auth.get-list"))
    assert "s3cret-word" not in shown
    assert "argon2" not in shown


def test_two_definitions_of_one_name_are_refused(tmp_path: Path) -> None:
    """The first one stays as it is."""
    with served(tmp_path) as client:
        client.result("zato.security.basic-auth.create", {"name": "a", "username": "first"})
        assert client.refused("zato.security.basic-auth.create", {"name": "a", "username": "second"})[0] == 400
        assert client.result("zato.security.basic-auth.get-by-name", {"name": "a"})["username"] == "first"


def test_a_name_that_another_definition_has_is_refused(tmp_path: Path) -> None:
    """With what that is."""
    with served(tmp_path) as client:
        client.result("zato.security.basic-auth.create", {"name": "taken", "username": "a"})
        status, details = client.refused("zato.security.apikey.create", {"name": "taken"})
        assert (status, details) == (
            400,
            "An object of the kind security.basic-auth that is called `taken` exists already",
        )
