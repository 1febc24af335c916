"""Tests of apitest_server.cluster.letters."""

from pathlib import Path

import msgspec

from apitest_server.cluster.letters import Letter, Numbers, opened
from apitest_server.odb.key import SecretKey


def letter(number: int = 1, sender: str = "a") -> Letter:
    return Letter(sender, number, "subject", msgspec.Raw(b'{"password": "secret-1"}'))


def test_only_who_has_the_key_reads_a_letter(tmp_path: Path) -> None:
    """Nothing of it can be seen, and what others make is not taken for one."""
    (tmp_path / "other").mkdir()
    key, other = SecretKey(tmp_path), SecretKey(tmp_path / "other")
    sealed = letter().sealed(key)
    assert opened(sealed, key) == letter()
    assert opened(sealed, other) is None
    assert "secret-1" not in sealed
    assert "subject" not in sealed
    for forged in ("", "x", "é", sealed[:-3] + "AAA", key.seal(b"{}"), key.seal(b"\xff")):
        assert opened(forged, key) is None


def test_a_letter_counts_once(tmp_path: Path) -> None:
    """What is missing between two of a sender is noticed; each sender counts for itself."""
    numbers = Numbers()
    noted = [numbers.note(letter(number)) for number in (7, 8, 8, 7, 10, 9, 11)]
    assert noted == ["next", "next", "old", "old", "gap", "old", "next"]
    assert numbers.note(letter(3, "b")) == "next"
