"""Tests of apitest_server.sso.users."""

from pathlib import Path

import pytest

from apitest_server.errors import Refused
from apitest_server.sso.asking import Asking
from apitest_server.sso.desk import DESK
from tests.server.sso.place import PASSWORD, Rest, sso

NOT_ALLOWED = ["E005001"]


def test_super_users_make_users(tmp_path: Path) -> None:
    """Others do not, and nobody makes super-users over REST."""
    with sso(tmp_path) as (rest, boss):
        made = boss.good("POST", "user", username="Maria", password=PASSWORD, email="m@example.com", last_name="Smith")
        assert (made["username"], made["last_name"], made["is_super_user"]) == ("Maria", "Smith", False)
        assert made["approval_status_mod_by"] == boss.good("GET", "user")["user_id"]
        maria = rest.log_in("maria")
        for other in (rest, maria):
            assert other.codes("POST", "user", username="other") == NOT_ALLOWED
        for other in (rest, maria, boss):
            assert other.codes("POST", "user", username="other", is_super_user=True) == NOT_ALLOWED


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"username": ""}, ["E001001"]),
        ({"username": "BOSS"}, ["E001002"]),
        ({"username": "a b", "email": "a b"}, ["E001004", "E002004"]),
        ({"username": "a", "email": "a"}, ["E002001"]),
        ({"username": "a", "email": "Taken@example.com"}, ["E002002"]),
        ({"username": "a", "password": "short"}, ["E003002"]),
        ({"username": "a", "display_name": "x" * 501}, ["E008002"]),
        ({"username": "a", "sign_up_status": "none"}, ["E008002"]),
        ({}, ["E008002"]),
        ({"username": {}}, ["E008002"]),
    ],
)
def test_what_a_user_cannot_be(tmp_path: Path, fields: dict[str, object], codes: list[str]) -> None:
    """All that is wrong is told, and nothing is stored."""
    with sso(tmp_path) as (rest, boss):
        rest.user("taken", email="taken@example.com")
        assert boss.codes("POST", "user", **fields) == codes
        assert rest.codes("POST", "user/login", username="a", password="x") == NOT_ALLOWED


def test_a_user_without_password_has_a_random_one(tmp_path: Path) -> None:
    """Nobody signs in with an empty one."""
    with sso(tmp_path) as (rest, boss):
        boss.good("POST", "user", username="maria")
        assert rest.codes("POST", "user/login", username="maria", password="") == NOT_ALLOWED


def test_users_change_themselves(tmp_path: Path) -> None:
    """What is given and nothing else; an empty value takes a name away."""
    with sso(tmp_path) as (rest, _):
        rest.user("maria", display_name="María", last_name="Smith")
        maria = rest.log_in("maria")
        changed = maria.good("PATCH", "user", first_name="M", display_name=None, email="m@example.com")
        assert changed == {**maria.good("GET", "user"), "cid": changed["cid"]}
        names = changed["display_name"], changed["first_name"], changed["last_name"], changed["email"]
        assert names == ("", "M", "Smith", "m@example.com")
        for fields in ({"is_locked": False}, {"approval_status": "approved"}, {"password_must_change": False}):
            assert maria.codes("PATCH", "user", **fields) == NOT_ALLOWED
        assert maria.codes("PATCH", "user", user_id="zusr1", first_name="x") == NOT_ALLOWED
        assert maria.codes("PATCH", "user", email="m") == ["E002001"]


def test_super_users_change_others(tmp_path: Path) -> None:
    """Also whether they may sign in, which ends their sessions."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        for fields in ({"is_locked": True}, {"approval_status": "rejected"}, {"sign_up_status": "before_confirmation"}):
            maria = rest.log_in("maria")
            boss.good("PATCH", "user", user_id=number, **fields)
            assert maria.codes("GET", "user") == NOT_ALLOWED
            assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == NOT_ALLOWED
            good = {"is_locked": False, "approval_status": "approved", "sign_up_status": "final"}
            boss.good("PATCH", "user", user_id=number, **good)
            assert maria.codes("GET", "user") == NOT_ALLOWED  # An ended session does not come back
        assert boss.codes("PATCH", "user", user_id=number, approval_status="x") == ["E008002"]
        boss.good("PATCH", "user", user_id=number, password_expiry="2020-01-01", password_must_change=True)
        assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == ["E003007"]
        boss.good("PATCH", "user", user_id=number, password_expiry=None, password_must_change=False)
        assert rest.log_in("maria").ust


def test_locked_users_are_out(tmp_path: Path) -> None:
    """At once; who has locked them is known."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        assert maria.codes("POST", "user/lock", user_id=number) == NOT_ALLOWED
        boss.good("POST", "user/lock", user_id=number)
        assert maria.codes("GET", "user") == NOT_ALLOWED
        told = boss.good("GET", "user", user_id=number)
        assert (told["is_locked"], told["locked_by"]) == (True, boss.good("GET", "user")["user_id"])
        boss.good("DELETE", "user/lock", user_id=number)
        assert boss.good("GET", "user", user_id=number)["locked_time"] is None
        assert boss.codes("POST", "user/lock", user_id="zusr1") == ["E001100"]


def test_users_are_approved_and_rejected(tmp_path: Path) -> None:
    """As often as one likes; who is rejected is out."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        assert maria.codes("POST", "user/approve", user_id=number) == NOT_ALLOWED
        for _ in range(2):
            boss.good("POST", "user/reject", user_id=number)
        assert maria.codes("GET", "user") == NOT_ALLOWED
        for _ in range(2):
            boss.good("POST", "user/approve", user_id=number)
        assert rest.log_in("maria").ust


def test_deleted_users_are_out(tmp_path: Path) -> None:
    """Found by ID or name; nobody deletes oneself, and their name is free again."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        assert maria.codes("DELETE", "user", user_id=number) == NOT_ALLOWED
        assert boss.codes("DELETE", "user", user_id=boss.good("GET", "user")["user_id"]) == NOT_ALLOWED
        assert boss.codes("DELETE", "user") == ["E001100"]
        assert boss.codes("DELETE", "user", username="nobody") == ["E001001"]
        boss.good("DELETE", "user", user_id=number)
        assert maria.codes("GET", "user") == NOT_ALLOWED
        assert rest.user("maria") != number
        boss.good("DELETE", "user", username="Maria")


def test_of_two_servers_one_makes_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is told that the name is taken."""
    with sso(tmp_path) as (rest, _):
        users = rest.client.app.components[DESK].users
        monkeypatch.setattr(users, "taken", lambda *_: [])  # As it was when the other one looked
        with pytest.raises(Refused) as refusal:
            users.create(Asking(is_administrator=True), {"username": "Boss"})
        assert refusal.value.codes == ("E001002",)


def test_who_is_told_of_whom(tmp_path: Path) -> None:
    """Super-users of everybody."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        assert maria.good("GET", "user", user_id=number)["username"] == "maria"
        assert maria.codes("GET", "user", user_id=boss.good("GET", "user")["user_id"]) == NOT_ALLOWED
        assert boss.codes("GET", "user", user_id="zusr1") == ["E001100"]
        assert Rest(rest.client).codes("GET", "user") == NOT_ALLOWED
        query = f"/zato/sso/user?ust={boss.ust}&user_id={number}&current_app=CRM"
        assert rest.client.get(query).json()["username"] == "maria"
