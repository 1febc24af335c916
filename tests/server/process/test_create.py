from pathlib import Path

import pytest

from apitest_server.config import load
from apitest_server.errors import StartError
from apitest_server.process.create import create


@pytest.fixture(autouse=True)
def no_given_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment has no password for the administrator."""
    monkeypatch.delenv("APITEST_ADMIN_PASSWORD", raising=False)


def test_a_new_server_can_be_read(tmp_path: Path) -> None:
    """Its configuration is valid, it is called like its directory, and it has a service and a database."""
    created = create(tmp_path / "shop")
    config = load(tmp_path / "shop")
    assert config.main.name == "shop"
    assert all(path.exists() for path in created.paths)
    assert (tmp_path / "shop" / "odb.sqlite").exists()


def test_its_administrator_has_a_password_of_this_server_only(tmp_path: Path) -> None:
    """It is told once, is not in the files, and is not shown by accident."""
    one, two = create(tmp_path / "one"), create(tmp_path / "two")
    assert one.username
    assert len(one.password) > 10
    assert one.password != two.password
    assert one.password not in repr(one)
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert not any(one.password.encode() in path.read_bytes() for path in files)


def test_a_server_is_not_overwritten(tmp_path: Path) -> None:
    """Its configuration stays as it was."""
    (tmp_path / "server.conf").write_text("mine")
    with pytest.raises(StartError, match="already"):
        create(tmp_path)
    assert (tmp_path / "server.conf").read_text() == "mine"


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """With its path and the reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="file/below: Not a directory"):
        create(tmp_path / "file" / "below")
