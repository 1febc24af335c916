"""Tests of apitest_server.outgoing.ftp, against vsftpd."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.errors import RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.ftp import FTPConnection
from tests.server.outgoing import remote_files
from tests.services.starting import own
from tests.services.vsftpd import Vsftpd

pytestmark = pytest.mark.files


@pytest.fixture(scope="module")
def server() -> Iterator[Vsftpd]:
    """An FTP server of these tests' own."""
    yield from own(Vsftpd)


def connection(server: Vsftpd, directory: Path, password: str = "", **fields: object) -> FTPConnection:
    given = {"host": server.host, "port": server.port, "user": server.username, "timeout": 30, **fields}
    secret = {"password": password or server.password}
    return FTPConnection(StoredObject(1, "outgoing.ftp", "files", given, secret), directory)


@pytest.fixture(params=["plain", "TLS"])
def files(request: pytest.FixtureRequest, server: Vsftpd, tmp_path: Path) -> Iterator[FTPConnection]:
    """A connection, without TLS and with it."""
    secure = {"use_tls": True, "ca_certs": str(server.authority)} if request.param == "TLS" else {}
    made = connection(server, tmp_path, **secure)
    yield made
    made.close()


def test_files_are_used(files: FTPConnection) -> None:
    """They are written, read, listed, moved and deleted."""
    remote_files.files_are_used(files)
    assert files.conn is files


def test_old_names(files: FTPConnection, tmp_path: Path) -> None:
    """Existing services use them; files of this machine are sent and fetched."""
    files.makedir("old")
    (tmp_path / "here.bin").write_bytes(b"\x00abc")
    files.upload("here.bin", "old/there.bin")
    files.setcontents("old/there.bin", b"\x00abcd")
    assert (files.listdir("old"), files.getsize("old/there.bin")) == (["there.bin"], 5)
    files.download("old/there.bin", "back.bin")
    assert (tmp_path / "back.bin").read_bytes() == b"\x00abcd"
    assert files.getcontents("old/there.bin") == b"\x00abcd"
    files.rename("old/there.bin", "old/then.bin")
    files.remove("old/then.bin")
    assert (files.isdir("old"), files.isfile("old")) == (True, False)
    files.removedir("old")
    assert "old" not in files.list()


def test_what_the_server_refuses_is_told(files: FTPConnection) -> None:
    """In its words; the session goes on."""
    assert remote_files.refuses(files, "read", "none") == "`files` refuses to read `none`: 550 Failed to open file."
    assert remote_files.refuses(files, "list", "none") == "`files` refuses to list `none`: it is not a directory"
    remote_files.line_breaks_are_no_paths(files)
    files.ping()


def test_a_restart_is_survived(files: FTPConnection, server: Vsftpd, caplog: pytest.LogCaptureFixture) -> None:
    """The next use connects again."""
    remote_files.a_restart_is_survived(files, server, caplog)


def test_a_wrong_password_and_a_stranger_are_refused(server: Vsftpd, tmp_path: Path) -> None:
    """The password is not told; a certificate of somebody else is not trusted."""
    wrong = connection(server, tmp_path, "530-not-it")
    with pytest.raises(ServiceUnavailable, match="`files` refuses to log in: 530 Login incorrect") as caught:
        wrong.ping()
    assert "530-not-it" not in str(caught.value)
    stranger = connection(server, tmp_path, use_tls=True)
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached: .*certificate verify failed"):
        stranger.ping()


def test_sessions_that_break(files: FTPConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is silent and one that hangs up are told apart; an empty directory may be a 550."""
    for error, expected in ((TimeoutError(), ServiceTimeout), (EOFError(), ServiceUnavailable)):

        def fails(*arguments: object, raised: Exception = error) -> None:
            raise raised

        with monkeypatch.context() as broken:
            broken.setattr("ftplib.FTP.retrbinary", fails)
            with pytest.raises(expected):
                files.read("x")

    def nothing(*arguments: object) -> None:
        import ftplib

        raise ftplib.error_perm("550 No files found.")

    monkeypatch.setattr("ftplib.FTP.nlst", nothing)
    assert files.list() == []

    def not_allowed(*arguments: object) -> None:
        import ftplib

        raise ftplib.error_perm("530 Not you.")

    monkeypatch.setattr("ftplib.FTP.nlst", not_allowed)
    with pytest.raises(RemoteError, match="530 Not you"):
        files.list()
