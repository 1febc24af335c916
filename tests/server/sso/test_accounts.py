"""Tests of apitest_server.sso.accounts."""

from pathlib import Path

from apitest_server.sso import accounts, people
from tests.server.sso.place import sso


def test_which_definition_has_a_user_name(tmp_path: Path) -> None:
    """One of the type, if it is the only one; a text that no database takes is none of any."""
    with sso(tmp_path) as (rest, boss):
        create, name = "zato.security.basic-auth.create", 'Ma"ría'
        number = rest.client.result(create, {"name": "one", "username": name})["id"]
        odb = rest.client.app.odb
        with odb.reading() as session:
            found = [accounts.definition(session, kind, name) for kind in ("basic_auth", "jwt", "none")]
            assert found == [number, None, None]
            assert accounts.definition(session, "basic_auth", "\0\ud800") is None
        rest.client.result(create, {"name": "two", "username": name})
        with odb.reading() as session:
            assert accounts.definition(session, "basic_auth", name) is None
            user = people.by_username(session, "boss")
            assert user is not None
            assert accounts.of_user(session, user) == []
        number = rest.client.result("zato.security.jwt.create", {"name": "three", "username": name})["id"]
        boss.good("POST", "user/linked", user_id=user.user_id, auth_type="jwt", auth_username=name)
        with odb.reading() as session:
            [told] = accounts.of_user(session, user)
            assert (told.auth_id, told.auth_type, told.auth_username) == (number, "jwt", name)
            found_link = accounts.link(session, number)
            assert found_link is not None
            assert found_link.id == told.id
