"""Tests of apitest_server.outgoing.sftp, against OpenSSH."""

import sys
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, Conflict, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.sftp import SFTPConnection
from tests.server.outgoing import remote_files
from tests.server.outgoing.ssh import connection
from tests.services.openssh import OpenSSH

pytestmark = pytest.mark.files


def test_files_are_used(files: SFTPConnection) -> None:
    """They are written, read, listed, moved and deleted."""
    remote_files.files_are_used(files)
    assert files.conn is files


def test_what_is_known_of_files(files: SFTPConnection, tmp_path: Path) -> None:
    """Their size, permissions and what they are; those of this machine are sent and fetched."""
    files.create_directory("known")
    (tmp_path / "here.bin").write_bytes(b"\x00abc")
    files.upload("here.bin", "known/there.bin")
    with pytest.raises(Conflict):
        files.upload("here.bin", "known/there.bin")
    with pytest.raises(BadRequest, match=r"This machine has no file .*none\.bin"):
        files.upload("none.bin", "known/none.bin")
    files.chmod(0o640, "known/there.bin")
    files.create_symlink("there.bin", "known/link")
    link, found = files.list("known")
    assert (link.name, link.is_symlink, found.name, found.is_file, found.is_directory) == (
        "link", True, "there.bin", True, False,
    )  # fmt: skip
    assert (found.size, found.permissions) == (4, "-rw-r-----")
    assert files.get_info("known/there.bin").last_modified.startswith("20")
    assert [files.is_symlink(f"known/{name}") for name in ("link", "there.bin", "none")] == [True, False, False]
    files.download("known/link", "back.bin")
    assert (tmp_path / "back.bin").read_bytes() == b"\x00abc"
    files.delete_symlink("known/link")
    files.remove("known/there.bin")
    files.delete_directory("known")


def test_what_the_server_refuses_is_told(files: SFTPConnection) -> None:
    """In its words; the session goes on."""
    words = "`files` refuses to read `none`: there is no such file or directory"
    assert remote_files.refuses(files, "read", "none") == words
    words = "`files` refuses to make the directory `/root/x`: Permission denied"
    assert remote_files.refuses(files, "create_directory", "/root/x") == words
    files.ping()


def test_a_restart_is_survived(files: SFTPConnection, ssh_server: OpenSSH, caplog: pytest.LogCaptureFixture) -> None:
    """The next use connects again."""
    remote_files.a_restart_is_survived(files, ssh_server, caplog)


def test_a_ping_asks_what_the_definition_says(ssh_server: OpenSSH, tmp_path: Path) -> None:
    """Where the server refuses that, the ping fails."""
    asks = connection(ssh_server, tmp_path, ping_command="ls none")
    with pytest.raises(ServiceUnavailable, match="refuses for `ls none`: there is no such file"):
        asks.ping()
    asks.close()


def test_a_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the command that installs it, and only where it is needed."""
    monkeypatch.setitem(sys.modules, "apitest_server.outgoing.sftp_session", None)
    files = SFTPConnection(StoredObject(1, "outgoing.sftp", "files", {"host": "h"}), tmp_path)
    with pytest.raises(ServiceUnavailable, match=r"install it with: pip install apitest\[sftp\]"):
        files.ping()
