"""Tests of apitest_server.admin.pages.session."""

from pathlib import Path

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
