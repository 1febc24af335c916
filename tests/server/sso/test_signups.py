"""Tests of apitest_server.sso.signups."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.sso.mailbox import CONF, mailbox, token_in
from tests.server.sso.place import PASSWORD, Rest, sso
from tests.server.sso.test_sessions import later

NOT_ALLOWED = ["E005001"]


def sign_up(rest: Rest, username: str = "maria", **fields: Any) -> str:
    given = {"username": username, "password": PASSWORD, **fields}
    return str(rest.good("POST", "user/signup", **given).get("confirm_token", ""))


def may_log_in(rest: Rest, username: str = "maria") -> bool:
    return rest.call("POST", "user/login", username=username, password=PASSWORD).status == 200


def test_who_has_signed_up_confirms_it_and_is_approved(tmp_path: Path) -> None:
    """Before that there is no way in."""
    with sso(tmp_path) as (rest, boss):
        token = sign_up(rest, email="m@example.com", app_list=["CRM"])
        assert not may_log_in(rest)
        assert rest.codes("PATCH", "user/signup", confirm_token="wrong") == ["E005002"]
        assert rest.codes("PATCH", "user/signup", confirm_token="") == ["E005002"]
        rest.good("PATCH", "user/signup", confirm_token=token)
        assert rest.codes("POST", "user/signup/confirm", confirm_token=token) == ["E005002"]
        assert not may_log_in(rest)
        [found] = boss.good("GET", "user/search", approval_status="before_decision")["result"]
        assert (found["username"], found["sign_up_status"], found["is_approval_needed"]) == (
            "maria",
            "to_approve",
            True,
        )
        boss.good("POST", "user/approve", user_id=found["user_id"])
        assert may_log_in(rest)
        assert boss.good("GET", "user", user_id=found["user_id"])["sign_up_status"] == "final"


def test_an_approval_does_not_take_the_place_of_a_confirmation(tmp_path: Path) -> None:
    """Whoever signed up with somebody else's address has no account."""
    with sso(tmp_path) as (rest, boss):
        token = sign_up(rest)
        [found] = boss.good("GET", "user/search", username="maria")["result"]
        boss.good("POST", "user/approve", user_id=found["user_id"])
        assert not may_log_in(rest)
        rest.good("PATCH", "user/signup/confirm", confirm_token=token)
        assert may_log_in(rest)


@pytest.mark.parametrize(
    ("conf", "has_token", "is_in"),
    [
        ("signup_approval = no", True, False),
        ("signup_confirmation = no", False, False),
        ("signup_approval = no\nsignup_confirmation = no", False, True),
        ("return_confirm_token = no", False, False),
    ],
)
def test_what_is_needed(tmp_path: Path, conf: str, has_token: bool, is_in: bool) -> None:
    """As server.conf says."""
    with sso(tmp_path, conf) as (rest, _):
        token = sign_up(rest)
        assert bool(token) is has_token
        assert may_log_in(rest) is is_in
        if token:
            rest.good("PATCH", "user/signup", confirm_token=token)
            assert may_log_in(rest)


@pytest.mark.parametrize(
    ("conf", "fields", "codes"),
    [
        ("", {"username": "a b"}, ["E001004"]),
        ("", {"username": "Root"}, ["E001001"]),
        ("", {"email": "m"}, ["E002001"]),
        ("email_required = yes", {}, ["E002005"]),
        ("", {"password": "maria", "username": "maria"}, ["E003002"]),
        ("", {"password": "maria.smith", "email": "maria.smith@example.com"}, ["E003001"]),
        ("signup = no", {}, ["E004002"]),
        ("apps = CRM", {"app_list": ["CRM", "ERP"]}, ["E004001"]),
        ("", {"password": None}, ["E008002"]),
        ("inform_if_exists = yes", {"username": "BOSS", "email": "Boss@example.com"}, ["E001002", "E002002"]),
    ],
)
def test_what_is_refused(tmp_path: Path, conf: str, fields: dict[str, object], codes: list[str]) -> None:
    """With all that is wrong."""
    with sso(tmp_path, conf) as (rest, _):
        given = {"username": "maria", "password": PASSWORD, **fields}
        assert rest.codes("POST", "user/signup", **given) == codes


def test_nobody_learns_which_names_are_taken(tmp_path: Path) -> None:
    """The answer is that of a sign-up, with a token that is good for nothing; no user is made or changed."""
    with sso(tmp_path) as (rest, boss):
        for fields in ({"username": "Boss"}, {"username": "other", "email": "BOSS@example.com"}):
            token = sign_up(rest, **fields)
            assert len(token) == len(sign_up(rest, f"new-{fields['username']}"))
            assert rest.codes("PATCH", "user/signup", confirm_token=token) == ["E005002"]
        assert [row["username"] for row in boss.good("GET", "user/search")["result"]] == [
            "boss",
            "new-Boss",
            "new-other",
        ]
        assert may_log_in(rest, "boss")


def test_who_does_not_confirm_loses_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many minutes as server.conf says; who has confirmed keeps it."""
    with sso(tmp_path, "signup_valid_for = 10") as (rest, boss):
        first, kept = sign_up(rest), sign_up(rest, "kept")
        rest.good("PATCH", "user/signup", confirm_token=kept)
        later(rest.client, 601, monkeypatch)
        assert rest.codes("PATCH", "user/signup", confirm_token=first) == ["E005002"]
        second = sign_up(rest)
        rest.good("PATCH", "user/signup", confirm_token=second)
        assert boss.good("GET", "user/search")["total"] == 3


def test_an_address_cannot_sign_up_crowds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many an hour; what is refused anyway does not count."""
    with sso(tmp_path, "per_address = 2") as (rest, _):
        for number in range(5):
            rest.codes("POST", "user/signup", username=f"a {number}", password=PASSWORD)
        for number in range(2):
            sign_up(rest, f"a{number}")
        answer = rest.call("POST", "user/signup", username="a3", password=PASSWORD)
        assert answer.status == 429
        assert 0 < int(answer.headers["retry-after"]) <= 3600
        later(rest.client, 3601, monkeypatch)
        sign_up(rest, "a3")


def test_a_sign_up_is_confirmed_by_e_mail(tmp_path: Path) -> None:
    """The caller does not get the token; who may sign in is told."""
    conf = f"{CONF}confirm_url = https://shop/confirm?token={{token}}\nsite_name = Shop\n"
    with sso(tmp_path, conf) as (rest, boss), mailbox(rest.client) as box:
        assert sign_up(rest, email="m@example.com") == ""
        mail = box.next()
        assert (mail["To"], mail["From"], mail["Subject"]) == (
            "m@example.com", "sso@example.com", "Shop: confirm your account",
        )  # fmt: skip
        rest.good("PATCH", "user/signup", confirm_token=token_in(mail))
        [found] = boss.good("GET", "user/search", username="maria")["result"]
        boss.good("POST", "user/approve", user_id=found["user_id"])
        assert box.next()["Subject"] == "Shop: welcome"
        assert may_log_in(rest)


def test_who_needs_no_approval_is_welcome_at_once(tmp_path: Path) -> None:
    """By e-mail."""
    with sso(tmp_path, f"{CONF}signup_approval = no\n") as (rest, _), mailbox(rest.client) as box:
        sign_up(rest, email="m@example.com")
        rest.good("PATCH", "user/signup", confirm_token=token_in(box.next()))
        assert box.next()["Subject"] == "apitest: welcome"
