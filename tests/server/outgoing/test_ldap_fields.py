"""Tests of apitest_server.outgoing.ldap_fields."""

import pytest

from apitest_server.outgoing.ldap_fields import servers


@pytest.mark.parametrize(
    ("text", "has_tls", "found"),
    [
        ("ldap.example.com", False, [("ldap.example.com", 389, False)]),
        ("ldap.example.com", True, [("ldap.example.com", 636, True)]),
        ("\n a:1389 \n\nldaps://b/", False, [("a", 1389, False), ("b", 636, True)]),
        ("ldap://a:636", True, [("a", 636, True)]),
        ("[::1]:1389", False, [("::1", 1389, False)]),
    ],
)
def test_each_line_is_a_server(text: str, has_tls: bool, found: list[tuple[str, int, bool]]) -> None:
    """With the port of its protocol, unless it says another one."""
    assert servers(text, has_tls) == found


def test_a_server_is_written_as_people_do() -> None:
    """Addresses of version 6 are in brackets."""
    assert [server.where for server in servers("a\n[::1]:1389")] == ["a:389", "[::1]:1389"]


@pytest.mark.parametrize(
    "text", ["http://a", "a:0", "a:x", "a b", "a\tb", "u@a", "a?b", "a#b", "ldap://", "a/b", "[::1"]
)
def test_what_is_no_server_is_told(text: str) -> None:
    """With the line."""
    with pytest.raises(ValueError, match=r"such as ldap\.example\.com:389, .*, and not `"):
        servers(f"good\n{text}")


def test_there_has_to_be_one() -> None:
    """Empty lines are none."""
    with pytest.raises(ValueError, match="must have a server, such as"):
        servers(" \n")
