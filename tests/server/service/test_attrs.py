"""Tests of apitest_server.service.attrs."""

import pytest

from apitest_server.service.attrs import Attrs, Payload, attrs, plain


def test_keys_are_attributes() -> None:
    """A key is read, set and deleted as an attribute."""
    found = Attrs(a=1)
    found.b = 2
    assert (found.a, found["b"]) == (1, 2)
    del found.a
    assert found == {"b": 2}


def test_a_missing_attribute_names_what_there_is() -> None:
    """The error for a missing attribute lists the keys."""
    with pytest.raises(AttributeError, match="there is no `c`; there is a, b"):
        Attrs(b=1, a=2).c  # noqa: B018
    with pytest.raises(AttributeError, match="there is nothing"):
        Attrs().c  # noqa: B018
    with pytest.raises(AttributeError, match="there is no `c`"):
        del Attrs().c


def test_dictionaries_at_any_depth_get_attributes() -> None:
    """Lists and dictionaries inside are converted too; everything else stays."""
    found = attrs({"a": [{"b": {"c": 1}}], "d": (1, {"e": 2})})
    assert found.a[0].b.c == 1
    assert found.d[1].e == 2
    assert attrs(5) == 5


def test_a_payload_is_a_dictionary_until_it_has_rows() -> None:
    """Assigning to the whole slice or appending makes the response a list."""
    payload = Payload()
    payload.a = 1
    payload["b"] = 2
    assert payload.plain() == {"a": 1, "b": 2}
    payload[:] = [{"c": 3}]
    payload.append({"d": 4})
    assert payload.plain() == [{"c": 3}, {"d": 4}]
    other = Payload()
    other.append(1)
    assert other.plain() == [1]


def test_plain_dictionaries_again() -> None:
    """However deep they are; tuples become lists, and all else stays."""
    made = plain(attrs({"a": [{"b": ({"c": 1}, "d")}], "e": None}))
    assert made == {"a": [{"b": [{"c": 1}, "d"]}], "e": None}
    assert isinstance(made, dict)
    assert type(made) is type(made["a"][0]) is type(made["a"][0]["b"][0]) is dict
