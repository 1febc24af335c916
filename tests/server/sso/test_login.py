"""Tests of apitest_server.sso.login."""

import logging
from pathlib import Path

import pytest

from apitest_server.config.sso import DAY
from apitest_server.sso import people
from apitest_server.sso.desk import DESK
from apitest_server.sso.login import NewPassword
from tests.server.sso.place import PASSWORD, sso
from tests.server.sso.test_sessions import later

NOT_ALLOWED = ["E005001"]
NEW = "another good one"


def test_nobody_learns_which_users_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password, no such user and one who may not sign in are refused alike; a password is hashed for each."""
    with sso(tmp_path) as (rest, boss):
        verifier = rest.client.app.authentication.verifier
        verified: list[str] = []
        verify = verifier.verify

        def noted(stored: str, given: str) -> bool:
            verified.append(stored)
            return verify(stored, given)

        monkeypatch.setattr(verifier, "verify", noted)
        locked = rest.user("locked", is_locked=True)
        answers = set()
        for name, password in (("boss", "wrong"), ("nobody", PASSWORD), ("", PASSWORD), ("locked", PASSWORD)):
            answer = rest.call("POST", "user/login", username=name, password=password)
            answers.add((answer.status, answer.text.replace(answer.json()["cid"], "")))
        assert len(answers) == 1
        assert len(verified) == 4
        assert all(stored.startswith("$argon2") for stored in verified)
        boss.good("DELETE", "user/lock", user_id=locked)
        assert rest.log_in("locked").good("GET", "user")["username"] == "locked"


def test_the_log_says_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """And never the password."""
    with sso(tmp_path) as (rest, _), caplog.at_level(logging.INFO, "apitest.sso"):
        rest.user("locked", is_locked=True)
        rest.call("POST", "user/login", username="locked", password=PASSWORD)
        rest.call("POST", "user/login", username="nobody", password=PASSWORD)
    assert "SSO user `locked` is locked" in caplog.messages
    assert "No SSO user can sign in as `nobody`" in caplog.messages
    assert PASSWORD not in caplog.text


def test_too_many_wrong_passwords_lock_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For some minutes, or until a super-user lets the user in; the answers do not tell. Sessions go on."""
    with sso(tmp_path, "max_failures = 3\nlock_time = 10") as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")

        def fail() -> None:
            for _ in range(3):
                assert rest.codes("POST", "user/login", username="maria", password="wrong") == NOT_ALLOWED

        fail()
        assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == NOT_ALLOWED
        assert maria.good("GET", "user")["username"] == "maria"
        boss.good("DELETE", "user/lock", user_id=number)
        rest.log_in("maria")
        fail()
        later(rest.client, 601, monkeypatch)
        rest.log_in("maria")


def test_a_right_password_clears_the_wrong_ones(tmp_path: Path) -> None:
    """Only those in a row count."""
    with sso(tmp_path, "max_failures = 2") as (rest, _):
        rest.user("maria")
        for _ in range(2):
            rest.codes("POST", "user/login", username="maria", password="wrong")
            rest.log_in("maria")


def test_who_keeps_failing_is_slowed_down(tmp_path: Path) -> None:
    """As anywhere else on the server, without a lock as well."""
    with sso(tmp_path, "max_failures = 0") as (rest, _):
        for _ in range(5):
            rest.codes("POST", "user/login", username="boss", password="wrong")
        throttle = rest.client.app.authentication._callers
        assert len(throttle) == 1
        assert rest.log_in("boss").ust


def test_a_password_that_has_to_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign-in brings a new one, which keeps the rules and is not the old one."""
    with sso(tmp_path, "password_expiry = 1") as (rest, _):
        rest.user("maria", password_must_change=True)
        given = {"username": "maria", "password": PASSWORD}
        assert rest.codes("POST", "user/login", **given) == ["E003007"]
        assert rest.codes("POST", "user/login", **given, new_password="short") == ["E003002"]
        assert rest.codes("POST", "user/login", **given, new_password=PASSWORD) == ["E003001"]
        maria = rest.log_in("maria", new_password=NEW)
        later(rest.client, DAY + 1, monkeypatch)
        assert rest.codes("POST", "user/login", username="maria", password=NEW) == ["E003004"]
        assert maria.codes("GET", "user") == NOT_ALLOWED
        rest.log_in("maria", NEW, new_password=PASSWORD)
        rest.log_in("maria")


def test_users_change_their_own_password(tmp_path: Path) -> None:
    """With the old one; their other sessions end."""
    with sso(tmp_path) as (rest, _):
        rest.user("maria")
        maria, other = rest.log_in("maria"), rest.log_in("maria")
        assert maria.codes("PATCH", "user/password", new_password=NEW) == NOT_ALLOWED
        assert maria.codes("PATCH", "user/password", old_password="wrong", new_password=NEW) == NOT_ALLOWED
        assert maria.codes("PATCH", "user/password", old_password=PASSWORD, new_password="Maria") == ["E003002"]
        assert maria.codes("PATCH", "user/password", old_password=PASSWORD, new_password=PASSWORD) == ["E003001"]
        more = {"old_password": PASSWORD, "new_password": NEW}
        assert maria.codes("PATCH", "user/password", **more, must_change=True) == NOT_ALLOWED
        assert maria.codes("PATCH", "user/password", **more, password_expiry=9999) == NOT_ALLOWED
        maria.good("PATCH", "user/password", **more)
        assert other.codes("GET", "user") == NOT_ALLOWED
        assert maria.good("GET", "user")["username"] == "maria"
        assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == NOT_ALLOWED
        rest.log_in("maria", NEW)


def test_super_users_change_other_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the old one; all sessions of the user end."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        assert maria.codes("PATCH", "user/password", user_id="zusr1", new_password=NEW) == NOT_ALLOWED
        assert boss.codes("PATCH", "user/password", user_id="zusr1", new_password=NEW) == ["E001100"]
        boss.good("PATCH", "user/password", user_id=number, new_password=NEW, must_change=True, password_expiry=2)
        assert maria.codes("GET", "user") == NOT_ALLOWED
        assert rest.codes("POST", "user/login", username="maria", password=NEW) == ["E003007"]
        boss.good("PATCH", "user/password", user_id=number, new_password=PASSWORD, password_expiry=0)
        assert boss.good("GET", "user", user_id=number)["password_expiry"] is None


def test_a_super_user_needs_the_own_password(tmp_path: Path) -> None:
    """To change it; by the own ID, too."""
    with sso(tmp_path) as (_, boss):
        own = boss.good("GET", "user")["user_id"]
        assert boss.codes("PATCH", "user/password", user_id=own, new_password=NEW) == NOT_ALLOWED
        boss.good("PATCH", "user/password", user_id=own, new_password=NEW, old_password=PASSWORD)


def test_a_password_that_is_changed_meanwhile_does_not_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was verified is no longer the user's password when the session is opened."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria")
        login = rest.client.app.components[DESK].login
        opening = login._open

        def open_later(*args: object) -> object:
            with rest.client.app.odb.writing() as session:
                login.set_password(session, people.by_id(session, number), NewPassword(NEW))
            return opening(*args)

        monkeypatch.setattr(login, "_open", open_later)
        assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == NOT_ALLOWED
        assert boss.good("GET", "user")["username"] == "boss"


def test_strangers_do_not_make_the_server_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for one password a sign-in: who may not do anything is refused before."""
    with sso(tmp_path) as (rest, _):
        made: list[str] = []
        monkeypatch.setattr("apitest_server.sso.login.hashed", lambda password: made.append(password) or "")
        rest.codes("POST", "user", username="a", password=PASSWORD)
        rest.codes("DELETE", "password/reset", token="a", reset_key="b", password=PASSWORD)
        rest.codes("PATCH", "user/password", old_password=PASSWORD, new_password=NEW)
        rest.codes("POST", "user/signup", username="a", password="short")
        assert made == []


def test_a_user_who_was_changed_meanwhile_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two changes of one password the second one is refused: what it has shown is the password no longer."""
    with sso(tmp_path) as (rest, _):
        number = rest.user("maria")
        maria = rest.log_in("maria")
        login = rest.client.app.components[DESK].login
        ready = login.ready

        def changed_before(new: NewPassword) -> NewPassword:
            with rest.client.app.odb.writing() as session:
                login.set_password(session, people.by_id(session, number), NewPassword("changed before"))
            return ready(new)

        monkeypatch.setattr(login, "ready", changed_before)
        given = {"old_password": PASSWORD, "new_password": NEW}
        assert maria.codes("PATCH", "user/password", **given) == NOT_ALLOWED
        assert rest.log_in("maria", "changed before").ust
