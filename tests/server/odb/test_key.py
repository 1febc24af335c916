"""Tests of apitest_server.odb.key."""

from pathlib import Path

import pytest

from apitest_server.errors import StartError
from apitest_server.odb.key import SecretKey


def test_what_is_encrypted_can_be_read_with_the_same_file(tmp_path: Path) -> None:
    """The stored text does not hold the secret."""
    stored = SecretKey(tmp_path).encrypt("zażółć")
    assert "zażółć" not in stored
    assert SecretKey(tmp_path).open(stored) == "zażółć"


def test_what_was_not_encrypted_is_as_it_is(tmp_path: Path) -> None:
    """Hashes and empty secrets need no key; no file is made for them."""
    key = SecretKey(tmp_path)
    assert (key.open("$argon2id$x"), key.open("")) == ("$argon2id$x", "")
    assert not key.path.exists()


def test_another_key_does_not_fit(tmp_path: Path) -> None:
    """The error says which file has to be put back."""
    stored = SecretKey(tmp_path).encrypt("x")
    (tmp_path / "odb.key").unlink()
    with pytest.raises(StartError, match=r"another key(?s:.*)Put back the file odb\.key"):
        SecretKey(tmp_path).open(stored)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    """A file that holds no key is named."""
    (tmp_path / "odb.key").write_text("nonsense")
    with pytest.raises(StartError, match=r"cannot be used(?s:.*)odb\.key"):
        SecretKey(tmp_path).encrypt("x")


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """The first one stays."""
    key = SecretKey(tmp_path)
    key.create()
    before = key.path.read_bytes()
    SecretKey(tmp_path).create()
    assert key.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["odb.key"]


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(StartError, match=r"Cannot write(?s:.*)odb\.key"):
        SecretKey(tmp_path / "none").create()


def test_content_is_sealed(tmp_path: Path) -> None:
    """Whoever has the key reads it; nobody else makes it, or learns the key by its mark."""
    (tmp_path / "other").mkdir()
    key, other = SecretKey(tmp_path), SecretKey(tmp_path / "other")
    sealed = key.seal(b"\xff content")
    assert (key.unseal(sealed), other.unseal(sealed), key.unseal("x")) == (b"\xff content", None, None)
    assert (key.mark, key.mark == other.mark) == (SecretKey(tmp_path).mark, False)
    assert key.mark not in key.raw.decode()
