"""Tests of apitest_server.redaction.messages."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.redaction import MASK, masked


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ({"a": 1, "password": "x"}, {"a": 1, "password": MASK}),
        ({"a": [{"API-Key": "x", "b": (1, 2.5, None)}]}, {"a": [{"API-Key": MASK, "b": [1, 2.5, None]}]}),
        (
            {"secret": {"deep": "x"}, "token": "", "has_password": True},
            {"secret": MASK, "token": "", "has_password": True},
        ),
        (b'{"access_token": "x"}', {"access_token": MASK}),
        ("[1, 2", "[1, 2"),
        ("user=a&password=b&c=d", f"user=a&password={MASK}&c=d"),
        ("<a><password>b</password></a>", f"<a><password>{MASK}</password></a>"),
        ('password: "b c"', f"password: {MASK}"),
        ([["Host", "a"], ("Cookie", "b")], [["Host", "a"], ["Cookie", MASK]]),
        ([b"x-api-key", b"b"], ["x-api-key", MASK]),
        ({"name": "password", "value": "b", "c": "d"}, {"name": "password", "value": MASK, "c": "d"}),
        ({b"password": bytearray(b"b"), "c": memoryview(b"d")}, {"password": MASK, "c": "d"}),
        ('"a"', "a"),
        ("a".encode("utf-16"), "a"),
        ("ab".encode("utf-16-le"), "ab"),
        ("ab".encode("utf-16-be"), "ab"),
        ({"https://a:b@c": 1}, {f"https://a:{MASK}@c": 1}),
        ({1: date(2026, 1, 31)}, {"1": "2026-01-31"}),
        (b"\xff", "\ufffd"),
        ("plain", "plain"),
        (None, None),
    ],
)
def test_secrets_are_not_shown(message: Any, shown: Any) -> None:
    """By their names, in dictionaries, JSON, forms and XML."""
    assert masked(message) == shown


def test_a_long_text_is_cut() -> None:
    """Its length is told."""
    assert masked("x" * 20_000).endswith("… (20000 characters)")


def test_what_is_very_deep_or_has_very_many_values_is_cut() -> None:
    """Whoever sends that must not make the server busy with it."""
    deep: list[object] = []
    for _ in range(1000):
        deep = [deep]
    assert str(masked(deep)).count("[") == 51
    assert masked("[" * 100_000 + "]" * 100_000) == "[" * 10_000 + " … (200000 characters)"
    many = masked(list(range(100_000)))
    assert isinstance(many, list)
    assert many[1998:] == [1998, "…"]
    fields = masked({f"a{number}": number for number in range(100_000)})
    assert isinstance(fields, dict)
    assert (len(fields), fields["…"]) == (2000, "…")


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)),
    st.text("ab", min_size=5),
)
def test_no_secret_gets_through(message: Any, secret: str) -> None:
    """However deep it is."""
    assert secret not in str(masked({"message": [{"my_password": [message, secret]}]}))


def test_xml_that_was_sent_as_a_form() -> None:
    """Is torn where it has its first equals sign; what a secret is stays hidden."""
    for torn in ({"<a b": '"1"><password>hush</password></a>'}, {"<a password": '"hush"></a>'}):
        assert "hush" not in str(masked(torn))
    assert masked({"<a b": '"1">plain</a>'}) == {"<a b": '"1">plain</a>'}
