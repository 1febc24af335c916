"""Tests of apitest_server.sso.people."""

from pathlib import Path

from apitest_server.sso import people
from tests.server.sso.place import sso


def test_how_users_are_found(tmp_path: Path) -> None:
    """By name and address in any case; by an address only where it is that of one user, never by an empty one."""
    with sso(tmp_path, "email_unique = False") as (rest, _):
        for name, email in (("Maria", "Maria@Example.com"), ("a", "both@b"), ("c", "Both@b"), ("d", "")):
            rest.user(name, email=email)
        with rest.client.app.odb.reading() as session:
            found = people.by_username(session, "mARIA"), people.by_email(session, "maria@example.COM")
            assert [user.username if user else None for user in found] == ["Maria", "Maria"]
            assert [people.by_email(session, email) for email in ("both@b", "")] == [None, None]
            assert people.by_username(session, "a\0") is None


def test_any_text_can_be_looked_up() -> None:
    """No database takes NUL, or half a character."""
    assert people.plain("a\0b\ud800") == "a\ufffdb?"


def test_what_is_told_of_a_user(tmp_path: Path) -> None:
    """Nothing about the password but when it was set; to the user less than to super-users."""
    with sso(tmp_path) as (rest, boss):
        number = rest.user("maria", display_name="María")
        own = rest.log_in("maria").good("GET", "user")
        assert (own["user_id"], own["username"], own["display_name"]) == (number, "maria", "María")
        assert not {"password", "is_locked", "approval_status", "password_expiry"} & set(own)
        told = boss.good("GET", "user", user_id=number)
        assert (told["is_super_user"], told["approval_status"], told["sign_up_status"]) == (False, "approved", "final")
        assert "argon2" not in str(told)
