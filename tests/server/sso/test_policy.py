"""Tests of apitest_server.sso.policy."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.config.sso import SSO
from apitest_server.sso import codes
from apitest_server.sso.policy import (
    email_problems,
    is_name,
    is_reserved,
    key_of,
    kinds_of,
    password_problems,
    username_problems,
)

RULES = SSO()
TEXT = st.text(max_size=30)


@given(TEXT)
def test_a_key_is_its_own_key(text: str) -> None:
    """However often it is made."""
    assert key_of(key_of(text)) == key_of(text)


@given(TEXT)
def test_capitals_and_forms_of_unicode_are_one(text: str) -> None:
    """Two users cannot look the same because of them."""
    import unicodedata

    assert key_of(unicodedata.normalize("NFD", text)) == key_of(text)
    assert key_of("MARIA ﬁ") == key_of("maria FI")


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("maria", []),
        ("maría.o'brien+1@example.com", []),
        ("", [codes.USERNAME_INVALID]),
        ("a\x00b", [codes.USERNAME_INVALID]),
        ("a\u200bb", [codes.USERNAME_INVALID]),
        ("a b", [codes.USERNAME_HAS_WHITESPACE]),
        ("a\tb", [codes.USERNAME_HAS_WHITESPACE]),
        ("a" * 129, [codes.USERNAME_TOO_LONG]),
        ("ﷺ" * 10, [codes.USERNAME_TOO_LONG, codes.USERNAME_HAS_WHITESPACE][:1]),
    ],
)
def test_user_names(username: str, expected: list[str]) -> None:
    """Nobody sees what is in them that is not a letter or a sign; what is compared counts, too."""
    assert username_problems(username, RULES) == expected


@given(TEXT)
def test_a_good_user_name_has_a_bounded_key(username: str) -> None:
    """Whatever server.conf says: the database has room for so much."""
    rules = replace(RULES, username_max_length=10**9)
    if not username_problems(username, rules):
        assert 0 < len(username) <= 500
        assert len(key_of(username)) <= 500


def test_reserved_names() -> None:
    """In any case, as a whole."""
    assert is_reserved("Admin", RULES)
    assert is_reserved("ＲＯＯＴ", RULES)
    assert not is_reserved("administrator", RULES)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("", []),
        ("maria@example.com", []),
        ("maria+x@localhost", []),
        ("maría@exämple.com", []),
        ("maria", [codes.EMAIL_INVALID]),
        ("@example.com", [codes.EMAIL_INVALID]),
        ("a@b@c", [codes.EMAIL_INVALID]),
        ("a@b..c", [codes.EMAIL_INVALID]),
        ("a\u200b@b", [codes.EMAIL_INVALID]),
        ("a b@c", [codes.EMAIL_HAS_WHITESPACE]),
        ("a@b\r\nBcc: c@d", [codes.EMAIL_HAS_WHITESPACE]),
        ("a" * 250 + "@b.cd", [codes.EMAIL_TOO_LONG]),
    ],
)
def test_addresses(email: str, expected: list[str]) -> None:
    """One address and nothing else: no header can be smuggled into a mail."""
    assert email_problems(email, RULES) == expected


def test_an_address_may_be_required() -> None:
    """By server.conf."""
    assert email_problems("", replace(RULES, email_required=True)) == [codes.EMAIL_MISSING]


@given(st.text(max_size=20), st.integers(1, 12), st.integers(1, 15), st.integers(1, 4))
def test_a_good_password_keeps_all_rules(password: str, shortest: int, longest: int, kinds: int) -> None:
    """And what is refused breaks one of them."""
    rules = replace(
        RULES, password_min_length=shortest, password_max_length=longest, password_min_kinds=kinds,
        password_reject=("hunter22",),
    )  # fmt: skip
    keeps = (
        shortest <= len(password) <= longest
        and len(kinds_of(password)) >= kinds
        and key_of(password) not in ("hunter22", "maria.smith")
    )
    assert (password_problems(password, rules, ["Maria.Smith", ""]) == []) is keeps


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("abc", [codes.PASSWORD_TOO_SHORT]),
        ("a" * 300, [codes.PASSWORD_TOO_LONG]),
        ("PassWord", [codes.PASSWORD_INVALID]),
        ("maria.smith", [codes.PASSWORD_INVALID]),
        ("maria.smith2", []),
        ("        ", []),
    ],
)
def test_passwords(password: str, expected: list[str]) -> None:
    """Neither known ones nor what everybody knows of the user."""
    assert password_problems(password, RULES, ["Maria.Smith"]) == expected


def test_kinds_of_characters() -> None:
    """What is neither a letter with a case nor a digit is another kind."""
    assert kinds_of("aB1 ñ漢") == {"lower", "upper", "digit", "other"}
    assert kinds_of("") == set()


def test_names_that_are_shown() -> None:
    """Blanks are part of a name, what nobody sees is not."""
    assert is_name("María José")
    assert is_name("")
    assert not is_name("a\nb")
    assert not is_name("a" * 501)
