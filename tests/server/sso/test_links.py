"""Tests of apitest_server.sso.links."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jwt
import pytest
from sqlalchemy import delete

from apitest_server.odb.sso_models import SSOLink
from apitest_server.security.credentials import basic_value
from apitest_server.sso.desk import DESK
from apitest_server.sso.links import claimed
from tests.server.asgi import Answer
from tests.server.sso.place import PASSWORD, Rest, sso

NOT_ALLOWED, NO_ACCOUNT = ["E005001"], ["E011001"]
KEY = "a password of a program"


def basic(username: str, password: str) -> dict[str, str]:
    return {"Authorization": basic_value(username, password)}


def bearer(shown: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {shown}"}


def account(rest: Rest, kind: str = "basic-auth", username: str = "maria.laptop") -> int:
    """The ID of a definition with a user name."""
    fields = {"name": f"{kind} {username}", "username": username, "password": KEY}
    return int(rest.client.result(f"zato.security.{kind}.create", fields)["id"])


def log_in(rest: Rest, headers: dict[str, str]) -> Answer:
    return rest.client.request("POST", "/zato/sso/user/login", headers, b'{"current_app": "CRM"}')


def signed_in(rest: Rest, headers: dict[str, str]) -> Rest:
    answer = log_in(rest, headers)
    assert answer.status == 200, answer.text
    other = Rest(rest.client)
    other.ust = answer.json()["ust"]
    return other


def refused(rest: Rest, headers: dict[str, str]) -> bool:
    answer = log_in(rest, headers)
    return (answer.status, answer.json()["sub_status"]) == (403, NOT_ALLOWED)


def token(rest: Rest, username: str) -> str:
    fields = {"username": username, "password": KEY}
    return str(rest.client.result("zato.security.jwt.log-in", fields)["token"])


@contextmanager
def linked(directory: Path, conf: str = "") -> Iterator[tuple[Rest, Rest, dict[str, str]]]:
    """A stranger, a super-user, and what names a Basic Auth definition that is linked to Maria."""
    with sso(directory, conf) as (rest, boss):
        account(rest)
        link = {"user_id": rest.user("maria"), "auth_type": "basic_auth", "auth_username": "maria.laptop"}
        boss.good("POST", "user/linked", **link)
        yield rest, boss, link


def test_who_shows_the_credentials_is_the_user(tmp_path: Path) -> None:
    """In a session of its own, which the list of the user's sessions tells apart."""
    with linked(tmp_path) as (rest, boss, link):
        laptop = signed_in(rest, basic("maria.laptop", KEY))
        assert laptop.good("GET", "user")["username"] == "maria"
        rest.log_in("maria")
        found = laptop.good("GET", "user/session/list")["result"]
        assert [(one["auth_type"], one["auth_principal"]) for one in found] == [
            ("default", "maria"),
            ("basic_auth", "maria.laptop"),
        ]
        [told] = laptop.good("GET", "user/linked")["result"]
        assert told == boss.good("GET", "user/linked", user_id=link["user_id"])["result"][0]
        assert (told["auth_username"], told["is_active"], told["user_id"]) == ("maria.laptop", True, link["user_id"])
        assert laptop.codes("GET", "user/linked", user_id="zusr1") == NOT_ALLOWED


def test_others_are_refused_alike(tmp_path: Path) -> None:
    """A wrong password, an account that is not linked, one that does not exist, and what is none of these."""
    with linked(tmp_path) as (rest, boss, link):
        account(rest, username="other")
        boss.good("POST", "user/lock", user_id=link["user_id"])
        wrong = (
            basic("maria.laptop", "wrong"), basic("other", KEY), basic("nobody", KEY), basic("", ""),
            basic("maria", PASSWORD), basic("maria.laptop", KEY), bearer("x.y.z"), bearer(""),
            {"Authorization": "Digest x"}, {"Authorization": "Basic é"},
        )  # fmt: skip
        answers = {log_in(rest, headers).text.partition("cid")[0] for headers in wrong}
        assert answers == {'{"status":"error","'}
        assert [headers for headers in wrong if not refused(rest, headers)] == []
        boss.good("DELETE", "user/lock", user_id=link["user_id"])
        assert signed_in(rest, basic("maria.laptop", KEY)).ust


def test_a_user_name_in_the_message_comes_first(tmp_path: Path) -> None:
    """And both of its fields are needed; a password of an account is none of the user's."""
    with linked(tmp_path) as (rest, _, _):
        shown = basic("maria.laptop", KEY)
        body = b'{"current_app": "CRM", "username": "boss", "password": "%s"}' % PASSWORD.encode()
        answer = rest.client.request("POST", "/zato/sso/user/login", shown, body)
        assert answer.json()["username"] == "boss"
        assert rest.codes("POST", "user/login", username="maria", password=KEY) == NOT_ALLOWED
        for fields in ({"username": "maria"}, {"password": KEY}, {}):
            assert rest.codes("POST", "user/login", **fields) == ["E008002"]


def test_tokens_of_jwt_definitions(tmp_path: Path) -> None:
    """Sign in the user whom the definition is linked to, if they are valid and of the definition's own user."""
    with sso(tmp_path) as (rest, boss):
        account(rest, "jwt", "maria.jwt")
        account(rest, "jwt", "ben.jwt")
        shown = bearer(token(rest, "maria.jwt"))
        link = {"user_id": rest.user("maria"), "auth_type": "jwt", "auth_username": "maria.jwt"}
        assert refused(rest, shown)
        boss.good("POST", "user/linked", **link)
        assert signed_in(rest, shown).good("GET", "user")["username"] == "maria"
        assert refused(rest, bearer(token(rest, "ben.jwt")))
        head, body, _ = token(rest, "maria.jwt").split(".")
        assert refused(rest, bearer(f"{head}.{body}.{token(rest, 'ben.jwt').rpartition('.')[2]}"))
        rest.client.request("POST", "/zato/jwt/log-out", {}, b'{"token": "%s"}' % shown["Authorization"][7:].encode())
        assert refused(rest, shown)


def test_a_token_of_another_user_of_the_definition(tmp_path: Path) -> None:
    """Who has its secret can sign anything; only its own user is linked."""
    secret = "s" * 32
    with sso(tmp_path) as (rest, boss):
        fields = {"name": "jwt", "username": "maria.jwt", "password": KEY, "secret": secret}
        rest.client.result("zato.security.jwt.create", fields)
        boss.good("POST", "user/linked", user_id=rest.user("maria"), auth_type="jwt", auth_username="maria.jwt")
        said = {"exp": 10**10, "jti": "1"}
        assert signed_in(rest, bearer(jwt.encode({**said, "sub": "maria.jwt"}, secret))).ust
        for other in ({**said, "sub": "jwt"}, said, {**said, "sub": ["maria.jwt"]}):
            assert refused(rest, bearer(jwt.encode(other, secret)))


def test_a_link_ends_with_its_sessions(tmp_path: Path) -> None:
    """When it is taken away or made inactive, or its definition is deleted; the user's other sessions go on."""
    with linked(tmp_path) as (rest, boss, link):
        own, shown = rest.log_in("maria"), basic("maria.laptop", KEY)
        number = own.good("GET", "user/linked")["result"][0]["auth_id"]

        def end(method: str, **more: object) -> None:
            laptop = signed_in(rest, shown)
            boss.good(method, "user/linked", **link, **more)
            assert laptop.codes("GET", "user") == NOT_ALLOWED
            assert refused(rest, shown)

        end("DELETE")
        assert boss.codes("DELETE", "user/linked", **link) == NO_ACCOUNT
        boss.good("POST", "user/linked", **link)
        end("POST", is_active=False)
        assert own.good("GET", "user/linked")["result"][0]["is_active"] is False
        boss.good("POST", "user/linked", **link)
        laptop = signed_in(rest, shown)
        rest.client.result("zato.security.basic-auth.delete", {"id": number})
        assert laptop.codes("GET", "user") == NOT_ALLOWED
        assert own.good("GET", "user/linked")["result"] == []
        assert refused(rest, shown)


def test_a_definition_that_changes(tmp_path: Path) -> None:
    """Its credentials are those of now."""
    with linked(tmp_path) as (rest, boss, link):
        number = boss.good("GET", "user/linked", user_id=link["user_id"])["result"][0]["auth_id"]
        change, new = "zato.security.basic-auth.{}".format, "another one of it"
        rest.client.result(change("change-password"), {"id": number, "password1": new, "password2": new})
        assert refused(rest, basic("maria.laptop", KEY))
        assert signed_in(rest, basic("maria.laptop", new)).ust
        rest.client.result(change("edit"), {"id": number, "username": "maria.desk"})
        assert refused(rest, basic("maria.laptop", new))
        assert signed_in(rest, basic("maria.desk", new)).ust
        rest.client.result(change("edit"), {"id": number, "is_active": False})
        assert refused(rest, basic("maria.desk", new))


def test_who_links_what(tmp_path: Path) -> None:
    """Super-users, one definition to one user; mistakes are told."""
    with linked(tmp_path) as (rest, boss, link):
        other = {**link, "user_id": rest.user("ben")}
        assert boss.codes("POST", "user/linked", **other) == ["E011002"]
        assert boss.codes("DELETE", "user/linked", **other) == NO_ACCOUNT
        assert rest.log_in("ben").codes("POST", "user/linked", **other) == NOT_ALLOWED
        assert rest.log_in("ben").codes("DELETE", "user/linked", **link) == NOT_ALLOWED
        assert boss.codes("POST", "user/linked", **{**link, "auth_username": "none"}) == NO_ACCOUNT
        assert boss.codes("POST", "user/linked", **{**link, "auth_type": "jwt"}) == NO_ACCOUNT
        assert boss.codes("POST", "user/linked", **{**link, "user_id": "zusr1"}) == ["E001100"]
        answer = boss.call("POST", "user/linked", **{**link, "auth_type": "ntlm"})
        assert answer.json()["details"] == "Input field `auth_type` must be one of basic_auth, jwt"
        rest.client.result(
            "zato.security.basic-auth.create", {"name": "twin", "username": "maria.laptop", "password": KEY}
        )
        assert boss.codes("POST", "user/linked", **link) == NO_ACCOUNT


def test_two_factors_and_expired_passwords(tmp_path: Path) -> None:
    """A program has no telephone; but a password that has expired ends all that a user may."""
    with linked(tmp_path) as (rest, boss, link):
        maria = rest.log_in("maria")
        maria.good("PATCH", "user/totp")
        maria.good("PATCH", "user", is_totp_enabled=True)
        assert signed_in(rest, basic("maria.laptop", KEY)).ust
        boss.good("PATCH", "user", user_id=link["user_id"], password_expiry="2020-01-01T00:00:00")
        answer = log_in(rest, basic("maria.laptop", KEY))
        assert (answer.status, answer.json()["sub_status"]) == (400, ["E003004"])


def test_an_administrators_header_is_not_an_account(tmp_path: Path) -> None:
    """Over the admin API a user name is needed."""
    with linked(tmp_path) as (rest, _, _):
        assert rest.client.refused("zato.sso.user.login") == (400, "Input field `username` is required")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (basic_value("a", "b"), ("basic_auth", "a")),
        ("", ("", "")),
        ("Bearer x", ("", "")),
        ("Bearer " + "x" * 100_000, ("", "")),
        ("Basic !", ("", "")),
    ],
)
def test_who_is_claimed(header: str, expected: tuple[str, str]) -> None:
    """As far as a header says so."""
    assert claimed(header) == expected


def test_of_two_servers_one_links_a_definition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is told that it is linked."""
    with linked(tmp_path) as (_, boss, link):
        # As it was when the other one looked
        monkeypatch.setattr("apitest_server.sso.accounts.link", lambda *_: None)
        assert boss.codes("POST", "user/linked", **link) == ["E011002"]


def test_a_link_that_ends_meanwhile_signs_nobody_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at again when the session is opened."""
    with linked(tmp_path) as (rest, _, _):
        links = rest.client.app.components[DESK].links
        opening = links._open

        def open_later(*args: object) -> object:
            with rest.client.app.odb.writing() as session:
                session.execute(delete(SSOLink))
            return opening(*args)

        monkeypatch.setattr(links, "_open", open_later)
        assert refused(rest, basic("maria.laptop", KEY))
