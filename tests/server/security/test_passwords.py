"""Tests of apitest_server.security.passwords."""

from apitest_server.security import passwords
from apitest_server.security.passwords import Verifier, hashed, nobody


def test_a_hash_fits_its_password_only() -> None:
    """Two hashes of one password differ; both fit."""
    first, second = hashed("zażółć"), hashed("zażółć")
    assert first != second
    verifier = Verifier()
    assert verifier.verify(first, "zażółć")
    assert verifier.verify(second, "zażółć")
    assert not verifier.verify(first, "zazolc")


def test_what_was_right_is_known_at_once_afterwards() -> None:
    """What was wrong has to be hashed each time; another hash of the same password is another one."""
    stored, verifier = hashed("p"), Verifier()
    assert verifier.quick(stored, "p") is None
    assert verifier.verify(stored, "p")
    assert verifier.quick(stored, "p") is True
    assert verifier.quick(stored, "x") is None
    assert verifier.quick(hashed("p"), "p") is None


def test_a_password_as_it_is_is_compared() -> None:
    """server.conf may hold one."""
    verifier = Verifier()
    assert verifier.verify("p", "p")
    assert not verifier.verify("p", "")
    assert verifier.quick("p", "x") is False


def test_nobody_has_a_hash_that_nothing_fits() -> None:
    """It stays the same, so that it costs what a verification costs."""
    assert nobody() == nobody()
    assert not Verifier().verify(nobody(), "")


def test_a_damaged_hash_fits_nothing() -> None:
    """The caller is not at fault."""
    assert not Verifier().verify("$argon2nonsense", "p")


def test_memory_is_bounded() -> None:
    """The oldest password is forgotten, and hashed again the next time."""
    verifier = Verifier()
    for number in range(passwords._REMEMBERED + 1):
        verifier._remember(number.to_bytes(4))
    assert len(verifier._known) == passwords._REMEMBERED
