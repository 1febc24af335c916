"""Tests of apitest_server.sso.resets."""

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from apitest_server.sso.desk import DESK
from tests.server.sso.mailbox import CONF, Mailbox, mailbox, token_in
from tests.server.sso.place import PASSWORD, Rest, sso
from tests.server.sso.test_sessions import later

NEW = "another good one"
PATH = "password/reset"
Place = tuple[Rest, Rest, Mailbox]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A client, a super-user, and where the e-mails arrive; there is a user maria."""
    with sso(tmp_path, f"{CONF}per_address = 50") as (rest, boss), mailbox(rest.client) as box:
        rest.user("maria", email="Maria@example.com")
        yield rest, boss, box


def asked(rest: Rest, credential: str) -> None:
    """All that was to be done for it is done."""
    answer = rest.good("POST", PATH, credential=credential)
    assert answer == {"status": "ok", "cid": answer["cid"], "sub_status": []}
    rest.client.app.components[DESK].errands.do("the last", (last := Event()).set)
    assert last.wait(30)


@pytest.mark.parametrize("credential", ["maria", "MARIA", "maria@Example.com"])
def test_a_password_is_reset(place: Place, credential: str) -> None:
    """With the token of an e-mail and its key; all sessions end, and neither is good again."""
    rest, _, box = place
    maria = rest.log_in("maria")
    asked(rest, credential)
    mail = box.next()
    assert mail["To"] == "Maria@example.com"
    token = token_in(mail)
    key = rest.good("PATCH", PATH, token=token)["reset_key"]
    assert rest.codes("PATCH", PATH, token=token) == ["E010001"]
    assert rest.codes("DELETE", PATH, token=token, reset_key="wrong", password=NEW) == ["E010001"]
    assert rest.codes("DELETE", PATH, token=token, reset_key=key, password="short") == ["E003002"]
    rest.good("DELETE", PATH, token=token, reset_key=key, password=NEW)
    assert rest.codes("DELETE", PATH, token=token, reset_key=key, password=NEW) == ["E010001"]
    assert maria.codes("GET", "user") == ["E005001"]
    assert rest.codes("POST", "user/login", username="maria", password=PASSWORD) == ["E005001"]
    rest.log_in("maria", NEW)


def test_a_reset_ends_a_lock_out(place: Place) -> None:
    """Whoever reads the user's e-mails may sign in again."""
    rest, _, box = place
    for _ in range(5):
        rest.codes("POST", "user/login", username="maria", password="wrong")
    asked(rest, "maria")
    token = token_in(box.next())
    key = rest.good("PATCH", PATH, token=token)["reset_key"]
    rest.good("DELETE", PATH, token=token, reset_key=key, password=NEW)
    rest.log_in("maria", NEW)


def test_nobody_learns_which_users_there_are(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """The answer is the same whoever is asked for; the log says why there is no e-mail."""
    rest, boss, box = place
    rest.user("silent")
    locked = rest.user("locked", email="l@example.com", is_locked=True)
    with caplog.at_level(logging.WARNING, "apitest.sso"):
        for name in ("nobody", "silent", "locked", "", "x" * 500):
            asked(rest, name)
    assert box.arrived.empty()
    told = [message for message in caplog.messages if message.startswith("SSO: no password is reset")]
    assert told[:3] == [
        "SSO: no password is reset for `nobody`: there is no such user",
        "SSO: no password is reset for `silent`: the user has no e-mail address",
        "SSO: no password is reset for `locked`: the user is locked",
    ]
    boss.good("DELETE", "user/lock", user_id=locked)
    asked(rest, "locked")
    assert box.next()["To"] == "l@example.com"


def test_nobody_is_flooded(place: Place) -> None:
    """A user gets so many e-mails an hour, an address may ask for so many."""
    rest, _, box = place
    for _ in range(7):
        asked(rest, "maria")
    assert box.arrived.qsize() == 5
    statuses = [rest.call("POST", PATH, credential="nobody").status for _ in range(44)]
    assert statuses == [200] * 43 + [429]


def test_tokens_and_keys_expire(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token after an hour, its key after half of one."""
    rest, _, box = place
    asked(rest, "maria")
    asked(rest, "maria")
    token, other = token_in(box.next()), token_in(box.next())
    key = rest.good("PATCH", PATH, token=token)["reset_key"]
    later(rest.client, 1801, monkeypatch)
    assert rest.codes("DELETE", PATH, token=token, reset_key=key, password=NEW) == ["E010001"]
    rest.good("PATCH", PATH, token=other)
    later(rest.client, 3601, monkeypatch)
    assert rest.codes("PATCH", PATH, token=other) == ["E010001"]


def test_other_tokens_are_void_after_a_reset(place: Place) -> None:
    """Whoever has an older e-mail cannot use it."""
    rest, _, box = place
    for _ in range(2):
        asked(rest, "maria")
    first, second = token_in(box.next()), token_in(box.next())
    key = rest.good("PATCH", PATH, token=second)["reset_key"]
    rest.good("DELETE", PATH, token=second, reset_key=key, password=NEW)
    assert rest.codes("PATCH", PATH, token=first) == ["E010001"]


def test_who_was_locked_meanwhile_resets_nothing(place: Place) -> None:
    """Nor does the answer tell that."""
    rest, boss, box = place
    asked(rest, "maria")
    token = token_in(box.next())
    key = rest.good("PATCH", PATH, token=token)["reset_key"]
    [found] = boss.good("GET", "user/search", username="maria")["result"]
    boss.good("POST", "user/lock", user_id=found["user_id"])
    assert rest.codes("DELETE", PATH, token=token, reset_key=key, password=NEW) == ["E010001"]


@pytest.mark.parametrize(("by", "works"), [("username", "maria"), ("email", "m@example.com")])
def test_what_a_user_may_give(tmp_path: Path, by: str, works: str) -> None:
    """As server.conf says."""
    with sso(tmp_path, f"{CONF}reset_search_by = {by}\n") as (rest, _), mailbox(rest.client) as box:
        rest.user("maria", email="m@example.com")
        for credential in ("maria", "m@example.com"):
            asked(rest, credential)
            assert box.arrived.qsize() == int(credential == works)
            while not box.arrived.empty():
                box.next()


def test_without_a_way_to_send_nothing_is_made(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says what is missing."""
    with sso(tmp_path) as (rest, _):
        rest.user("maria", email="m@example.com")
        asked(rest, "maria")
    assert "SSO: no password is reset for `maria`: server.conf names no `smtp_conn`" in caplog.messages
