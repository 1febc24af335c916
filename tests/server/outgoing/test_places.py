"""Tests of apitest_server.outgoing.places."""

import pytest

from apitest_server.outgoing.places import places

PORTS = {"ldap": 389, "ldaps": 636}


@pytest.mark.parametrize(
    ("text", "scheme", "found"),
    [
        ("ldap.example.com", "ldap", [("ldap", "ldap.example.com", 389)]),
        ("ldap.example.com", "ldaps", [("ldaps", "ldap.example.com", 636)]),
        ("\n a:1389 \n\nldaps://b/", "ldap", [("ldap", "a", 1389), ("ldaps", "b", 636)]),
        ("ldap://a:636", "ldaps", [("ldap", "a", 636)]),
        ("[::1]:1389", "ldap", [("ldap", "::1", 1389)]),
        ("a, b:1,,\nc,", "ldap", [("ldap", "a", 389), ("ldap", "b", 1), ("ldap", "c", 389)]),
    ],
)
def test_each_line_is_a_server(text: str, scheme: str, found: list[tuple[str, str, int]]) -> None:
    """With the port of its scheme, unless it says another one."""
    assert places(text, PORTS, scheme) == found


def test_a_server_is_written_as_people_do() -> None:
    """Addresses of version 6 are in brackets."""
    assert [place.where for place in places("a\n[::1]:1389", PORTS, "ldap")] == ["a:389", "[::1]:1389"]


@pytest.mark.parametrize(
    "text",
    ["http://a", "a:0", "a:x", "a b", "a\tb", "u@a", "a?b", "a#b", "ldap://", "a/b", "[::1", "a;b", "a|b", "x'y"],
)
def test_what_is_no_server_is_told(text: str) -> None:
    """With the line, and an example."""
    with pytest.raises(ValueError, match=r"such as ldap\.example\.com:389, and not `"):
        places(f"good\n{text}", PORTS, "ldap")


@pytest.mark.parametrize("beginning", ["ldap://", ""])
def test_a_password_is_not_in_what_is_told(beginning: str) -> None:
    """Whoever writes it where it does not belong finds the line without it."""
    with pytest.raises(ValueError, match=f"and not `{beginning}u:") as caught:
        places(f"{beginning}u:s3cret-word@h", PORTS, "ldap")
    assert "s3cret-word" not in str(caught.value)


def test_there_has_to_be_one() -> None:
    """Empty lines are none."""
    with pytest.raises(ValueError, match="must have a server, such as ldaps"):
        places(" \n", PORTS, "ldaps")
