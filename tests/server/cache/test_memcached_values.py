"""Tests of apitest_server.cache.memcached_values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.cache import memcached_values
from apitest_server.cache.memcached_values import checked, read, seconds, written

_SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
_TEXTS = st.text(max_size=20)
_JSON = st.recursive(
    _SCALARS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=20) | _JSON)
def test_values_come_out_as_they_went_in(value: object) -> None:
    """With their types."""
    found = read(*written(value))
    assert found == value
    assert type(found) is type(value)


def test_others_can_read_texts_and_numbers() -> None:
    """They are as most clients have them."""
    assert [written(value) for value in (b"x", "ż", 5)] == [(b"x", 0), ("ż".encode(), 16), (b"5", 2)]
    assert read(b"5", 4) == 5


@pytest.mark.parametrize("value", [object(), (1, 2), {1: 2}, float("nan"), {"a": {1}}])
def test_what_would_not_come_out_is_refused(value: object) -> None:
    """With its type."""
    with pytest.raises(ValueError, match=f"must be made of .*, not {type(value).__name__}"):
        written(value)


@pytest.mark.parametrize(
    ("flags", "told"), [(1, "pickled by another client, and could run code"), (8, "compressed"), (64, "flags 64")]
)
def test_what_others_have_packed_is_not_read(flags: int, told: str) -> None:
    """A pickle is not even looked at."""
    with pytest.raises(ValueError, match=told):
        read(b"cos\nsystem\n(S'true'\ntR.", flags)


@pytest.mark.parametrize(
    ("expiry", "found"), [(0, 0), (0.2, 1), (5, 5), (2_592_000, 2_592_000), (2_592_001, 1_000_000 + 2_592_001)]
)
def test_a_time_is_never_too_short(expiry: float, found: int) -> None:
    """Parts of seconds count as whole ones: none would be for ever; long times are points in time."""
    assert seconds(expiry, 999_999.5) == found


@pytest.mark.parametrize("expiry", [-1, float("nan"), float("inf")])
def test_what_is_no_time_is_refused(expiry: float) -> None:
    """Memcached would take some of it for a time."""
    with pytest.raises(ValueError, match="must have an expiry that is a number of seconds, 0 or more"):
        seconds(expiry, 0)


def test_keys_are_short_and_have_no_spaces() -> None:
    """What comes after a space or a line break would be a command."""
    assert checked("ż" * 125) == "ż" * 125
    assert checked("a", "b:") == "a"
    for key, prefix in (("", "b"), ("a b", ""), ("a\r\nflush_all", ""), ("a\x7f", ""), ("ż" * 125, "b"), ("\0", "")):
        with pytest.raises(ValueError, match="must have keys of 1 to 250 bytes"):
            checked(key, prefix)


def test_texts_come_back() -> None:
    """Half of a pair of surrogates as well, which is not valid in UTF-8."""
    for text in ("", "ë", "\ud800"):
        assert read(*written(text)) == text
    assert read(b"plain", memcached_values._TEXT) == "plain"
