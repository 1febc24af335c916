"""Tests of apitest_server.admin.pages.sso."""

import pytest

from tests.server.admin.pages.test_steps import steps_of_the_last_act
from tests.server.admin.visitor import Visitor, visiting, words

GOOD = "correct horse battery"


def made(visitor: Visitor, username: str = "maria", **fields: object) -> str:
    """The path of a user's page."""
    given = {"username": username, "password": GOOD, **fields}
    return f"sso/{visitor.client.result('zato.sso.user.create', given)['user_id']}"


def signed_in(visitor: Visitor, username: str = "maria", password: str = GOOD, **fields: object) -> bool:
    given = {"username": username, "password": password, **fields}
    return bool(visitor.client.call("zato.sso.user.login", given).status == 200)


def test_there_may_be_none(visitor: Visitor) -> None:
    """Then it is said how to make one."""
    assert "There are no users of SSO yet" in words(visitor.get("sso"))
    assert "There are none in this state" in words(visitor.get("sso?state=rejected"))


def test_a_user_is_made(visitor: Visitor) -> None:
    """With the form; the page of the user says so, and names stay text."""
    visitor.get("sso/new")
    fields = {"username": "<b>eve</b>", "password": GOOD, "display_name": "Eve <i>", "password_must_change": "true"}
    page = visitor.post("sso/new", **fields)
    assert "SSO user “<b>eve</b>” was made" in words(page)
    assert "<b>eve" not in page.text
    assert not signed_in(visitor, "<b>eve</b>")
    assert signed_in(visitor, "<b>eve</b>", new_password="another good one")


def test_what_cannot_be_made(visitor: Visitor) -> None:
    """Is told, and what was typed stays, but for the password."""
    made(visitor)
    visitor.get("sso/new")
    answer = visitor.post("sso/new", username="maria", password=GOOD, display_name="Second", is_super_user="true")
    assert answer.status == 400
    assert "The user name is taken" in words(answer)
    assert 'value="Second"' in answer.text
    assert GOOD not in answer.text
    answer = visitor.post("sso/new", username="a b", password="short")
    assert "The user name has blanks in it" in words(answer)


def test_users_are_found(visitor: Visitor) -> None:
    """By words, and by their state; each has one."""
    made(visitor, display_name="Maria Berg", email="maria@example.com")
    made(visitor, "ben", is_locked=True, is_super_user=True)
    visitor.client.result("zato.sso.user.signup", {"username": "carl", "password": GOOD})
    page = words(visitor.get("sso"))
    assert "ben super-user – – locked no" in page
    assert "carl – – not confirmed no" in page
    assert "maria Maria Berg maria@example.com active no" in page
    page = words(visitor.get("sso?search=berg+example"))
    assert "maria Maria Berg" in page
    assert "ben" not in page
    assert "Nothing matches “nobody”" in words(visitor.get("sso?search=nobody"))
    page = words(visitor.get("sso?state=to_confirm"))
    assert "carl" in page
    assert "Maria" not in page
    assert "ben super-user" in words(visitor.get("sso?state=unknown"))


def test_a_user_is_let_in_and_kept_out(visitor: Visitor) -> None:
    """Each act takes effect at once; the page offers those that make sense."""
    token = visitor.client.result("zato.sso.user.signup", {"username": "maria", "password": GOOD})["confirm_token"]
    visitor.client.result("zato.sso.user.confirm-signup", {"confirm_token": token})
    [row] = visitor.client.result("zato.sso.user.search")["result"]
    path = f"sso/{row['user_id']}"
    page = words(visitor.get(path))
    assert ("to approve" in page, "Approve" in page, "Reject" in page) == (True, True, True)
    assert "was rejected" in words(visitor.post(f"{path}/act/reject"))
    assert not signed_in(visitor)
    assert "was approved" in words(visitor.post(f"{path}/act/approve"))
    assert signed_in(visitor)
    page = words(visitor.get(path))
    assert ("Sessions: 1" in page, "Reject" in page, "Unlock" in page) == (True, False, False)
    page = words(visitor.post(f"{path}/act/lock"))
    assert ("is signed out everywhere" in page, "Sessions: 0" in page) == (True, True)
    assert not signed_in(visitor)
    assert "may sign in again" in words(visitor.post(f"{path}/act/unlock"))
    assert signed_in(visitor)
    assert "was deleted" in words(visitor.post(f"{path}/act/delete"))
    assert visitor.get(path).status == 400
    assert "There is no user with this ID" in words(visitor.get(path))


def test_a_user_is_changed(visitor: Visitor) -> None:
    """What is wrong is told, and what was typed stays."""
    path = made(visitor, display_name="Maria", email="m@example.com")
    visitor.get(path)
    fields = {"email": "m@example.com", "display_name": "María", "first_name": "", "middle_name": "", "last_name": ""}
    page = visitor.post(path, **fields, password_must_change="true")
    assert "was changed" in words(page)
    assert 'value="María"' in page.text
    assert not signed_in(visitor)
    page = visitor.post(path, **{**fields, "email": "none", "last_name": "Smith"})
    assert (page.status, "The e-mail address is not valid" in words(page)) == (400, True)
    assert 'value="Smith"' in page.text


def test_a_password_is_set(visitor: Visitor) -> None:
    """It ends all sessions; one that is too easy is refused."""
    path = made(visitor)
    assert signed_in(visitor)
    assert "The password is too short" in words(visitor.post(f"{path}/act/change-password", new_password="short"))
    page = words(visitor.post(f"{path}/act/change-password", new_password="another good one", must_change="true"))
    assert ("has another password" in page, "Sessions: 0" in page) == (True, True)
    assert not signed_in(visitor, password="another good one")
    visitor.post(f"{path}/act/change-password", new_password="one more of them")
    assert signed_in(visitor, password="one more of them")


def test_codes_are_switched_off(visitor: Visitor) -> None:
    """For who has lost the telephone."""
    path = made(visitor)
    number = path.removeprefix("sso/")
    assert "Switch codes off" not in words(visitor.get(path))
    visitor.client.result("zato.sso.user.reset-totp-key", {"user_id": number, "totp_label": "Telephone"})
    visitor.client.result("zato.sso.user.update", {"user_id": number, "is_totp_enabled": True})
    page = words(visitor.get(path))
    assert ("Codes at sign-ins yes, Telephone" in page, "Switch codes off" in page) == (True, True)
    assert not signed_in(visitor)
    assert "needs no codes any longer" in words(visitor.post(f"{path}/act/codes-off"))
    assert signed_in(visitor)


def test_accounts_are_linked(visitor: Visitor) -> None:
    """And unlinked; one that does not exist is told."""
    path = made(visitor)
    visitor.client.result("zato.security.basic-auth.create", {"name": "laptop", "username": "maria.laptop"})
    fields = {"auth_type": "basic_auth", "auth_username": "maria.laptop"}
    visitor.get(path)
    assert "There is no such account" in words(visitor.post(f"{path}/act/link", **{**fields, "auth_username": "x"}))
    page = words(visitor.post(f"{path}/act/link", **fields))
    assert ("Linked accounts: 1" in page, "maria.laptop Basic Auth yes" in page) == (True, True)
    assert "Linked accounts: 0" in words(visitor.post(f"{path}/act/unlink", **fields))


def test_where_a_user_is_signed_in(visitor: Visitor) -> None:
    """And what applications keep, by name."""
    path = made(visitor)
    body = b'{"current_app": "CRM", "username": "maria", "password": "%s"}' % GOOD.encode()
    headers = {"User-Agent": "Firefox <139>"}
    ust = visitor.client.request("POST", "/zato/sso/user/login", headers, body).json()["ust"]
    visitor.client.result("zato.sso.user-attr.set", {"ust": ust, "name": "colour", "value": "a secret"})
    page = visitor.get(path)
    assert "127.0.0.1 Firefox <139> maria" in words(page)
    assert "Attributes colour" in words(page)
    assert ("a secret" in page.text, ust in page.text) == (False, False)


def test_steps_look_the_user_up(visitor: Visitor) -> None:
    """By name, for the ID is another one elsewhere; a password is a variable."""
    path = made(visitor)
    visitor.get(path)
    page = visitor.post(f"{path}/act/change-password", new_password="another good one")
    text = steps_of_the_last_act(visitor, page.text)
    assert '"username": "maria"' in text
    assert '"new_password": "${NEW_PASSWORD}"' in text
    assert path.removeprefix("sso/") not in text


@pytest.mark.parametrize("verb", ["explode", "update", "create"])
def test_what_cannot_be_done(visitor: Visitor, verb: str) -> None:
    """Is no act."""
    path = made(visitor)
    visitor.get(path)
    assert visitor.post(f"{path}/act/{verb}").status == 404


def test_a_server_without_sso_says_so(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And which line of server.conf enables it."""
    conf = "[deploy_internal]\nsso = False\n"
    with visiting(tmp_path_factory.mktemp("lean"), monkeypatch, conf) as lean:
        answer = lean.get("sso")
        assert answer.status == 404
        assert "sso" in words(answer)
