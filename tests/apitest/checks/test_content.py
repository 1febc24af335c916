"""Checks of bytes."""

import hashlib

import pytest

from apitest.checks.content import ALGORITHMS, checksum, has_checksum, same_bytes
from apitest.errors import BadValue, CheckFailed

CONTENT = bytes(range(256)) * 5


@pytest.mark.parametrize(
    ("actual", "problem", "shown"),
    [
        (b"\xff" + CONTENT[1:], "byte 1 on", "1,280 bytes, there ff 01 02 03 04 05 06 07"),
        (CONTENT[:1000] + b"x" + CONTENT[1001:], "byte 1,001 on", "1,280 bytes, there 78 e9 ea eb ec ed ee ef"),
        (CONTENT[:-1] + b"x", "byte 1,280 on", "1,280 bytes, there 78"),
        (CONTENT[:10], "byte 11 on", "10 bytes, which end there"),
        (CONTENT + b"\x01", "byte 1,281 on", "1,281 bytes, there 01"),
        (b"", "byte 1 on", "0 bytes, which end there"),
    ],
)
def test_bytes_that_differ(actual: bytes, problem: str, shown: str) -> None:
    """The first place where they differ is told, with what is there."""
    with pytest.raises(CheckFailed, match=problem) as raised:
        same_bytes(actual, CONTENT, "the response")
    assert (raised.value.actual, raised.value.where) == (shown, "the response")


def test_bytes_that_are_the_same() -> None:
    """All bytes count, and there may be none."""
    same_bytes(CONTENT, bytes(CONTENT), "")
    same_bytes(b"", b"", "")


@pytest.mark.parametrize("name", ALGORITHMS)
def test_checksums(name: str) -> None:
    """Each algorithm gives what hashlib has; its name is the same in any case, with or without hyphen."""
    wanted = hashlib.new(name.replace("-", ""), CONTENT).hexdigest()
    assert {checksum(CONTENT, each) for each in (name, name.lower(), f" {name.replace('-', '')} ")} == {wanted}
    for text in (wanted, wanted.upper(), f"{wanted}  logo.png\n", f"{wanted} *my logo.png"):
        has_checksum(CONTENT, text, "The file", "the response")
    with pytest.raises(CheckFailed, match=f"{name} checksum is another one") as raised:
        has_checksum(CONTENT[1:], wanted, "The file", "the response")
    assert (raised.value.expected, raised.value.where) == (wanted, "the response")
    assert raised.value.actual == checksum(CONTENT[1:], name)


@pytest.mark.parametrize("text", ["", "abc", "0" * 63, "g" * 64, f"SHA256 (a) = {'0' * 64}"])
def test_what_is_not_a_checksum(text: str) -> None:
    """Anything but hexadecimal digits of a known number is a mistake of the test."""
    with pytest.raises(BadValue, match="The file a is not a checksum"):
        has_checksum(CONTENT, text, "The file a", "the response")


def test_an_unknown_algorithm() -> None:
    """The error names those that there are."""
    with pytest.raises(BadValue, match='no checksum "CRC-32"') as raised:
        checksum(b"", "CRC-32")
    assert "MD5, SHA-1, SHA-256" in raised.value.fix
