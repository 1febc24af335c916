"""Tests of apitest_server.outgoing.sftp_session, against OpenSSH."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from apitest_server.errors import ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.sftp_session import Session
from tests.server.outgoing.ssh import stored
from tests.services.openssh import OpenSSH

pytestmark = pytest.mark.files


def refused(server: OpenSSH, directory: Path, password: str = "", **fields: object) -> str:
    with pytest.raises(ServiceUnavailable) as caught:
        Session(stored(server, password, **fields), directory)
    return caught.value.details


def test_who_may_log_in(ssh_server: OpenSSH, tmp_path: Path) -> None:
    """With the password, or with a private key, whose passphrase the password is then."""
    for given in ({}, {"identity_file": str(ssh_server.key), "password": ssh_server.passphrase}):
        session = Session(stored(ssh_server, **given, is_compression_enabled=True), tmp_path)
        assert session.is_alive()
        session.close()
        assert not session.is_alive()
    assert refused(ssh_server, tmp_path, "not-it") == "`files` refuses to log in: Authentication failed."
    nothing = stored(ssh_server)
    with pytest.raises(ServiceUnavailable, match="refuses to log in"):
        Session(replace(nothing, secrets={}), tmp_path)
    wrong = refused(ssh_server, tmp_path, "not-it", identity_file=str(ssh_server.key))
    assert wrong.startswith("`files` ")
    assert "not-it" not in wrong
    assert "No such file" in refused(ssh_server, tmp_path, identity_file="none")


def test_a_server_whose_key_is_not_known_is_refused(
    ssh_server: OpenSSH, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is told; the file known_hosts may have it, or nobody asks for it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert refused(ssh_server, tmp_path, host_keys="").endswith(f"put it into `host_keys`: {ssh_server.host_key}")
    other = subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other")], check=True, capture_output=True
    )
    assert other.returncode == 0
    stranger = (tmp_path / "other.pub").read_text()
    assert "its host key is not known" in refused(ssh_server, tmp_path, host_keys=stranger)
    Session(stored(ssh_server, host_keys="", validate_host_key=False), tmp_path).close()
    (tmp_path / ".ssh").mkdir()
    known = f"[{ssh_server.host}]:{ssh_server.port} {ssh_server.host_key}\n"
    (tmp_path / ".ssh" / "known_hosts").write_text(known)
    Session(stored(ssh_server, host_keys=""), tmp_path).close()


def test_a_session_that_breaks_is_told(ssh_server: OpenSSH, tmp_path: Path) -> None:
    """One that is silent and one that was lost are told apart."""
    session = Session(stored(ssh_server), tmp_path)
    with (
        pytest.raises(ServiceTimeout, match="did not answer in time when it was asked to wait"),
        session.asked("to wait"),
    ):
        raise TimeoutError
    lost = "was lost when it was asked to go: the connection was closed"
    with pytest.raises(ServiceUnavailable, match=lost), session.asked("to go"):
        raise EOFError


def test_nobody_is_there(ssh_server: OpenSSH, tmp_path: Path) -> None:
    """What the operating system says is told."""
    assert refused(ssh_server, tmp_path, port=1) == "`files` cannot be reached: Connection refused"
