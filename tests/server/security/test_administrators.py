"""Tests of apitest_server.security.administrators."""

from pathlib import Path

import pytest

from apitest_server.cluster import local
from apitest_server.cluster.passes import Passes
from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest
from apitest_server.odb import ODB, StoredObject
from apitest_server.security.administrators import KIND, Administrators, first_administrator
from apitest_server.security.credentials import basic_value
from apitest_server.security.definitions import SIGNED, BasicAuth, Checker, Verdict
from apitest_server.security.groups import Group
from apitest_server.security.objects import AdministratorObjects
from apitest_server.security.passwords import Verifier, hashed
from tests.server.asgi import served

RIGHT = {"authorization": "Basic dTpw"}
CHECKERS: dict[str, Checker] = {
    "x": BasicAuth(SecurityDefinition(name="x", type="basic-auth", username="u", password=hashed("own")), Verifier())
}


def found(verdict: Verdict) -> str | None:
    return verdict() if callable(verdict) else verdict


def admin(number: int, name: str = "u", is_active: bool = True) -> StoredObject:
    return StoredObject(number, KIND, name, {"is_active": is_active}, {"password": hashed("p")})


@pytest.fixture
def administrators(tmp_path: Path) -> Administrators:
    key, verifier = ODB("", tmp_path).key, Verifier()
    return Administrators(verifier, key, Passes(key, "this", lambda: 0.0), Group(lambda: CHECKERS, verifier))


def test_an_administrator_is_known_by_name_and_password(administrators: Administrators) -> None:
    """The second time at once; a wrong password, another name and no credentials are refused."""
    AdministratorObjects(administrators).load([admin(1)])
    first = administrators.check(RIGHT)
    assert callable(first)
    assert first() == "u"
    assert administrators.check(RIGHT) == "u"
    for header in ("Basic dTpx", "Basic eDpw", "Bearer nonsense", ""):
        assert found(administrators.check({"authorization": header})) is None


def test_a_definition_may_be_as_good_as_an_administrator(administrators: Administrators) -> None:
    """Unless it has the user name of one."""
    own = {"authorization": basic_value("u", "own")}
    assert found(administrators.check(own)) is None
    administrators.callers.put(1, "caller", "x")
    assert [found(administrators.check(headers)) for headers in (own, RIGHT)] == ["caller", None]
    AdministratorObjects(administrators).load([admin(1)])
    assert [found(administrators.check(headers)) for headers in (own, RIGHT)] == [None, "u"]


def test_who_can_read_the_key_needs_no_password(administrators: Administrators) -> None:
    """The command line is one."""
    header = {"authorization": f"Bearer {local.token(administrators.key)}"}
    assert administrators.check(header) == "local"
    assert [administrators.claimed(headers) for headers in (header, RIGHT, {})] == [SIGNED, "u", None]


def test_there_is_always_one_active_administrator(administrators: Administrators) -> None:
    """The last one can neither be deleted nor made inactive; of two, one can."""
    objects = AdministratorObjects(administrators)
    objects.put(admin(1))
    with pytest.raises(BadRequest, match="last active administrator"):
        objects.check_removal(admin(1))
    with pytest.raises(BadRequest, match="last active administrator"):
        objects.check(admin(1, is_active=False))
    objects.check(admin(1, "renamed"))
    objects.put(admin(2, "other"))
    objects.check_removal(admin(1))
    objects.remove(admin(1))
    assert found(administrators.check(RIGHT)) is None
    objects.put(admin(3))
    objects.put(admin(2, "other", is_active=False))
    assert list(administrators.passwords) == ["u"]


@pytest.mark.parametrize("given", ["", "chosen"])
def test_the_first_administrator_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """With the password of the environment, or a random one that somebody has to be told."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", given)
    odb = ODB("", tmp_path)
    odb.load()
    made = first_administrator(odb)
    assert made is not None
    assert (made.username, made.generated) == ("admin", not given)
    assert made.password == given if given else len(made.password) >= 20
    assert made.password not in repr(made)
    item = next(one for one in odb.load() if one.kind == KIND)
    assert Verifier().verify(item.secret("password"), made.password)
    assert first_administrator(odb) is None
    odb.close()


def test_another_server_of_the_odb_may_do_everything_with_a_pass(administrators: Administrators) -> None:
    """Once: whoever has seen it may do nothing."""
    shown = {"authorization": f"Bearer {administrators.passes.made('this')}"}
    assert administrators.claimed(shown) == SIGNED
    assert (administrators.check(shown), administrators.check(shown)) == ("peer", None)


def test_a_new_server_has_the_definitions_that_clients_look_for(tmp_path: Path) -> None:
    """Nobody gets in with them until they have passwords; they stay, with what was made of them."""
    with served(tmp_path) as client:
        rows = client.result("zato.security.basic-auth.get-list", {"cluster_id": 1})
        assert [row["name"] for row in rows] == ["admin.invoke", "ide_publisher", "pubapi"]
        assert all(row["name"] == row["username"] and row["is_active"] for row in rows)
        channel = {
            "name": "ping", "connection": "channel", "transport": "plain_http", "is_active": True, "url_path": "/p",
            "service": "zato.ping", "security_id": rows[2]["id"],
        }  # fmt: skip
        client.result("zato.http-soap.create", channel)
        for password in ("", "pubapi"):
            assert client.get("/p", Authorization=basic_value("pubapi", password)).status == 401
        new = {"id": rows[2]["id"], "password1": "a new one", "password2": "a new one"}
        client.result("zato.security.basic-auth.change-password", new)
        assert client.get("/p", Authorization=basic_value("pubapi", "a new one")).status == 200
        client.result("zato.security.basic-auth.edit", {"id": rows[0]["id"], "is_active": False})
    with served(tmp_path) as client:
        again = client.result("zato.security.basic-auth.get-list", {"cluster_id": 1})
        assert again == [{**rows[0], "is_active": False}, *rows[1:]]
        assert client.get("/p", Authorization=basic_value("pubapi", "a new one")).status == 200
