"""Tests of apitest_server.sso.two_factor."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from apitest_server.sso import totp, two_factor
from tests.server.sso.place import PASSWORD, Rest, sso
from tests.server.sso.test_sessions import later

MISSING, WRONG, NOT_ALLOWED = ["E005003"], ["E005004"], ["E005001"]


class Phone:
    """What shows codes of a key, each one once."""

    def __init__(self, rest: Rest, key: str) -> None:
        self.key = key
        self._now = rest.client.app.authentication.now
        self._next = -totp.WINDOW

    def code(self) -> str:
        """Of a step that was not shown before; three are good at any time."""
        self._next += 1
        return totp.code_at(totp.read(self.key), self._now() + (self._next - 1) * totp.STEP)

    def wrong(self) -> str:
        return f"{(int(totp.code_at(totp.read(self.key), self._now() + 10**6)) + 1) % 10**6:06}"


@contextmanager
def with_codes(directory: Path, conf: str = "") -> Iterator[tuple[Rest, Rest, Rest, Phone]]:
    """A stranger, a super-user, and Maria, who needs codes."""
    with sso(directory, conf) as (rest, boss):
        # The clock stands still: a code is not too old because a machine is slow
        moment = rest.client.app.authentication.now()
        rest.client.app.authentication.now = lambda: moment
        rest.user("maria")
        maria = rest.log_in("maria")
        phone = Phone(rest, maria.good("PATCH", "user/totp", totp_label="My telephone")["totp_key"])
        maria.good("PATCH", "user", is_totp_enabled=True)
        yield rest, boss, maria, phone


def test_who_wants_it_signs_in_with_a_code(tmp_path: Path) -> None:
    """With each code once; without one, who knows the password learns that one is needed, and nobody else does."""
    with with_codes(tmp_path) as (rest, _, maria, phone):
        found = maria.good("GET", "user")
        assert (found["is_totp_enabled"], found["totp_label"]) == (True, "My telephone")
        given = {"username": "maria", "password": PASSWORD}
        assert rest.codes("POST", "user/login", **given) == MISSING
        assert rest.codes("POST", "user/login", **{**given, "password": "wrong"}) == NOT_ALLOWED
        code = phone.code()
        assert rest.codes("POST", "user/login", **{**given, "password": "wrong"}, totp_code=code) == NOT_ALLOWED
        assert rest.log_in("maria", totp_code=code).ust
        assert rest.codes("POST", "user/login", **given, totp_code=code) == WRONG
        assert rest.codes("POST", "user/login", **given, totp_code=phone.wrong()) == WRONG
        assert rest.log_in("maria", totp_code=phone.code()).ust


def test_who_does_not_want_it_needs_none(tmp_path: Path) -> None:
    """Though there is a key already; a code that is shown is not looked at."""
    with sso(tmp_path) as (rest, boss):
        boss.good("PATCH", "user/totp")
        assert boss.good("GET", "user")["is_totp_enabled"] is False
        assert rest.log_in("boss").log_in("boss", totp_code="000000").ust


def test_wrong_codes_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few of them no code is taken for some minutes, not even in a session; passwords do not count for it."""
    monkeypatch.setattr(two_factor, "MOST", 3)
    with with_codes(tmp_path, "max_failures = 0\nlock_time = 10") as (rest, _, maria, phone):
        given = {"username": "maria", "password": PASSWORD}
        for _ in range(4):
            rest.codes("POST", "user/login", username="maria", password="wrong")
        assert rest.codes("POST", "user/login", **given, totp_code=phone.wrong()) == WRONG
        assert maria.codes("PATCH", "user", is_totp_enabled=False, totp_code=phone.wrong()) == WRONG
        assert maria.codes("PATCH", "user/totp", totp_code=phone.wrong()) == WRONG
        assert rest.codes("POST", "user/login", **given, totp_code=phone.code()) == WRONG
        assert maria.codes("PATCH", "user/totp", totp_code=phone.code()) == WRONG
        later(rest.client, 601, monkeypatch)
        again = Phone(rest, phone.key)
        assert rest.log_in("maria", totp_code=again.code()).ust


def test_a_right_code_clears_the_wrong_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those in a row count."""
    monkeypatch.setattr(two_factor, "MOST", 2)
    with with_codes(tmp_path) as (rest, _, _, phone):
        for _ in range(2):
            rest.codes("POST", "user/login", username="maria", password=PASSWORD, totp_code=phone.wrong())
            rest.log_in("maria", totp_code=phone.code())


def test_a_stolen_session_does_not_switch_it_off(tmp_path: Path) -> None:
    """Nor change the key: a code is needed for that, and nothing changes without one."""
    with with_codes(tmp_path) as (rest, boss, maria, phone):
        for path, fields in (
            ("user", {"is_totp_enabled": False}),
            ("user", {"totp_key": "A" * 32, "last_name": "X"}),
            ("user/totp", {}),
            ("user/totp", {"totp_key": "A" * 32}),
        ):
            assert maria.codes("PATCH", path, **fields) == MISSING
        assert maria.codes("PATCH", "user", user_id=boss.good("GET", "user")["user_id"]) == NOT_ALLOWED
        assert maria.good("PATCH", "user", totp_label="Other", is_totp_enabled=True)["last_name"] == ""
        other = Phone(rest, maria.good("PATCH", "user/totp", totp_code=phone.code())["totp_key"])
        fields = {"username": "maria", "password": PASSWORD}
        assert rest.codes("POST", "user/login", **fields, totp_code=phone.code()) == WRONG
        assert rest.log_in("maria", totp_code=other.code()).ust
        maria.good("PATCH", "user", is_totp_enabled=False, totp_code=other.code())
        assert rest.log_in("maria").ust


def test_super_users_help_who_has_lost_a_telephone(tmp_path: Path) -> None:
    """Without a code, but for their own."""
    with with_codes(tmp_path) as (rest, boss, maria, _):
        number = maria.good("GET", "user")["user_id"]
        key = boss.good("PATCH", "user/totp", user_id=number)["totp_key"]
        assert rest.log_in("maria", totp_code=Phone(rest, key).code()).ust
        boss.good("PATCH", "user", user_id=number, is_totp_enabled=False)
        assert rest.log_in("maria").ust
        boss.good("PATCH", "user/totp")
        boss.good("PATCH", "user", is_totp_enabled=True)
        own = boss.good("GET", "user")["user_id"]
        assert boss.codes("PATCH", "user", is_totp_enabled=False, user_id=own) == MISSING
        rest.client.result("zato.sso.user.update", {"user_id": own, "is_totp_enabled": False})
        assert rest.log_in("boss").ust


def test_switching_it_on(tmp_path: Path) -> None:
    """Needs a key; a code that is given has to be right, so that nobody is locked out by a mistake."""
    with sso(tmp_path) as (rest, boss):
        answer = boss.call("PATCH", "user", is_totp_enabled=True)
        assert (answer.status, answer.json()["sub_status"]) == (400, ["E008002"])
        assert answer.json()["details"] == "There is no key to make codes of: PATCH /zato/sso/user/totp makes one"
        key = "gezd gnbv gy3t qojq gezd gnbv gy3t qojq"
        assert set(boss.good("PATCH", "user/totp", totp_key=key)) == {"status", "cid"}
        phone = Phone(rest, key)
        assert boss.codes("PATCH", "user", is_totp_enabled=True, totp_code=phone.wrong()) == WRONG
        assert boss.good("GET", "user")["is_totp_enabled"] is False
        assert boss.good("PATCH", "user", is_totp_enabled=True, totp_code=phone.code())["is_totp_enabled"] is True


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"totp_key": "0" * 16}, "Input field `totp_key` must be Base32, the letters A to Z and the digits 2 to 7"),
        ({"totp_key": "A"}, "Input field `totp_key` must be Base32, the letters A to Z and the digits 2 to 7"),
        ({"totp_key": "A" * 8}, "Input field `totp_key` must have 13 to 103 letters and digits"),
        ({"totp_label": "x" * 501}, "The input is not valid"),
    ],
)
def test_mistakes(tmp_path: Path, fields: dict[str, str], details: str) -> None:
    """Are told, and nothing is stored."""
    with sso(tmp_path) as (_, boss):
        answer = boss.call("PATCH", "user/totp", **fields)
        assert (answer.status, answer.json()["details"]) == (400, details)
        assert boss.good("GET", "user")["totp_label"] == ""


def test_a_password_that_has_to_be_changed_takes_no_code_away(tmp_path: Path) -> None:
    """The sign-in that is told so was none; the next one may show the same code."""
    with with_codes(tmp_path) as (rest, boss, maria, phone):
        boss.good("PATCH", "user", user_id=maria.good("GET", "user")["user_id"], password_must_change=True)
        given = {"username": "maria", "password": PASSWORD, "totp_code": phone.code()}
        assert rest.codes("POST", "user/login", **given) == ["E003007"]
        assert rest.good("POST", "user/login", **given, new_password="another good one")["ust"]


def test_keys_and_codes_are_told_to_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """They are neither in the database nor in the log."""
    with caplog.at_level(logging.DEBUG), with_codes(tmp_path) as (rest, boss, maria, phone):
        code = phone.code()
        rest.log_in("maria", totp_code=code)
        told = [maria.call("GET", "user").text, boss.call("GET", "user/search").text]
        assert not any(phone.key in text for text in told)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert phone.key.encode() not in content
    assert phone.key not in caplog.text
    assert code not in caplog.text
