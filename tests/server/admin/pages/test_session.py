"""Tests of apitest_server.admin.pages.session."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.admin.visitor import PASSWORD, PREFIX, Visitor, words
from tests.server.asgi import served


def test_signing_in_and_out(visitor: Visitor) -> None:
    """The home page is shown; after signing out, a copy of the cookie is worth nothing."""
    assert "This server" in words(visitor.get(""))
    copy = visitor.cookies["apitest-session"]
    assert "Sign in to apitest" in words(visitor.post("sign-out"))
    visitor.cookies["apitest-session"] = copy
    assert "Sign in to apitest" in words(visitor.get(""))


def test_whoever_has_signed_in_goes_on(visitor: Visitor) -> None:
    """The form is of no use then."""
    assert "This server" in words(visitor.get("sign-in"))


@pytest.mark.parametrize(("username", "password"), [("admin", "wrong"), ("nobody", PASSWORD), ("a:b", "a:b:c")])
def test_wrong_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, username: str, password: str) -> None:
    """It is not told which of both is wrong; the user name stays in the form."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", PASSWORD)
    with served(tmp_path) as client:
        answer = Visitor(client).sign_in(username, password)
        assert answer.status == 401
        assert "That user name and password do not go together." in words(answer)
        assert f'value="{username}"' in answer.text
        assert password not in answer.text


def test_nothing_was_typed(tmp_path: Path) -> None:
    """Says what is missing."""
    with served(tmp_path) as client:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        answer = client.request("POST", PREFIX + "sign-in", kind, b"")
        assert answer.status in (400, 401)


def test_a_new_password_ends_all_sessions(visitor: Visitor) -> None:
    """Those that were made with the old one."""
    visitor.get("objects/security.administrator")
    number = visitor.client.result("zato.security.administrator.get-by-name", {"name": "admin"})["id"]
    path = f"objects/security.administrator/{number}/act/change-password"
    answer = visitor.post(path, password1="another one", password2="another one")
    assert "Sign in to apitest" in words(answer)
    assert "This server" in words(visitor.sign_in(password="another one"))


def test_one_is_where_one_was_after_signing_in(visitor: Visitor) -> None:
    """With its query; a page that there is not, and one of elsewhere, lead to the home page."""
    visitor.cookies.clear()
    answer = visitor.client.request(
        "GET", f"{PREFIX}objects/cache.builtin?search=a%20b&page=1", {"Accept": "text/html"}
    )
    form = answer.headers["location"].removeprefix(PREFIX)
    assert form == "sign-in?next=objects%2Fcache.builtin%3Fsearch%3Da%2520b%26page%3D1"
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    for query, leads_to in (
        (form, "objects/cache.builtin?search=a%20b&page=1"),
        ("sign-in?next=services%2Fa%2520b", "services/a%20b"),
        ("sign-in?next=nothing%2Fhere", ""),
        ("sign-in?next=%2F%2Fexample.com", ""),
        ("sign-in?next=https%3A%2F%2Fexample.com%2F", ""),
        ("sign-in?next=services%0D%0AX%3A%20y", ""),
    ):
        body = f"username=admin&password={quote(PASSWORD)}".encode()
        answer = visitor.client.request("POST", PREFIX + query, kind, body)
        assert answer.headers["location"] == PREFIX + leads_to, query


def test_a_page_can_sign_in_again_without_being_left(visitor: Visitor) -> None:
    """It gets what its forms have to send along from then on; what is wrong is told."""
    old = visitor.proof
    visitor.get("session", Accept="*/*")
    visitor.cookies.clear()
    assert visitor.get("session", Accept="*/*").status == 401
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    wrong = visitor.client.request("POST", PREFIX + "sign-in", kind, b"username=admin&password=wrong")
    assert (wrong.status, wrong.json()["problem"]) == (401, "That user name and password do not go together")
    body = f"username=admin&password={quote(PASSWORD)}".encode()
    found = visitor.client.request("POST", PREFIX + "sign-in", kind, body)
    assert found.json()["user"] == "admin"
    cookies = [value.decode() for name, value in found.raw_headers if name == b"set-cookie"]
    visitor.cookies["apitest-session"] = cookies[0].partition("=")[2].partition(";")[0]
    assert found.json()["proof"] != old
    assert visitor.get("session", Accept="*/*").json() == found.json()
    visitor.proof = found.json()["proof"]
    assert "was created" in words(visitor.post("objects/cache.builtin/new", name="made later"))


def test_a_browser_is_known_once_somebody_has_signed_in(visitor: Visitor) -> None:
    """By a cookie that scripts cannot read and that outlives the session; it is not made anew each time."""
    shown = visitor.cookies["apitest-device"]
    assert shown
    visitor.post("sign-out")
    assert visitor.cookies["apitest-session"] == ""
    assert "This server" in words(visitor.sign_in())
    assert visitor.cookies["apitest-device"] == shown
