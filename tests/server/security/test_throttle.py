"""Tests of apitest_server.security.throttle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.security.throttle import FIRST, FORGOTTEN_AFTER, FREE, LONGEST, Throttle, name_of, place_of


def after(failures: int) -> float:
    throttle = Throttle()
    for _ in range(failures):
        throttle.failed("me", 0.0)
    return throttle.delay("me", 0.0)


def test_a_few_failures_are_free() -> None:
    """Then the delay doubles with each one."""
    assert [after(count) for count in range(FREE)] == [0.0] * FREE
    assert [after(FREE + more) for more in range(3)] == [FIRST, 2 * FIRST, 4 * FIRST]


@given(st.integers(0, 2000))
def test_a_delay_never_shrinks_and_has_a_limit(failures: int) -> None:
    """However many failures there are."""
    assert after(failures) <= after(failures + 1) <= LONGEST


def test_a_success_and_time_clear_the_record() -> None:
    """The next failures are free again."""
    throttle = Throttle()
    for _ in range(FREE + 1):
        throttle.failed("me", 0.0)
    assert throttle.delay("me", FORGOTTEN_AFTER) > 0
    assert throttle.delay("me", FORGOTTEN_AFTER + 1) == 0
    for _ in range(FREE + 1):
        throttle.failed("me", 0.0)
    throttle.succeeded("me")
    assert (throttle.delay("me", 0.0), len(throttle)) == (0.0, 0)


def test_callers_are_told_apart_in_bounded_memory() -> None:
    """Those that failed the longest ago are forgotten first."""
    throttle = Throttle(size=2)
    for caller in ("a", "b", "a", "c"):
        throttle.failed(caller, 0.0)
    assert len(throttle) == 2
    for _ in range(FREE):
        throttle.failed("c", 0.0)
    assert throttle.delay("c", 0.0) > 0
    assert throttle.delay("b", 0.0) == throttle.delay("a", 0.0) == 0


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("fe80::1%eth0", "fe80:0000:0000:0000"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not an address", "not an address"),
    ],
)
def test_what_a_caller_can_choose_addresses_from(address: str, place: str) -> None:
    """An address of IPv4, also within one of IPv6, or a network of 64 bits."""
    assert place_of(address) == place


def test_names_of_callers() -> None:
    """Have 16 bytes, and differ if a part does, wherever the parts are divided."""
    names = [name_of("ab", "c"), name_of("a", "bc"), name_of("abc"), name_of("\ud800"), name_of("x" * 9999)]
    assert {len(name) for name in names} == {16}
    assert len(set(names)) == len(names)
    assert name_of("a", "b") == name_of("a", "b")
