"""An SFTP server of the tests' own: OpenSSH's sshd of Debian, as an unprivileged user.

Its users are those of files of its own, by means of nss_wrapper, so that one can log in with a password that the
system knows nothing of.
"""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from tests.ports import free_port
from tests.services import installation, processes

_WRAPPER = "libnss_wrapper.so"


class OpenSSH(processes.Restartable):
    """A started server.

    Attributes:
        host, port: where it is.
        username, password: who may log in.
        key: a file with a private key that may log in as well; ``passphrase`` belongs to it.
        host_key: the server's, as in known_hosts.
        files: the directory that one begins in.
    """

    host, username = "127.0.0.1", "apitest"

    def __init__(self) -> None:
        self._program = installation.need("sshd", ["openssh-server", "libnss-wrapper"], ["/usr/sbin/sshd"])
        if not next(Path("/usr/lib").glob(f"*/{_WRAPPER}"), None):
            installation.install(["libnss-wrapper"], wanted_for=_WRAPPER)
        self._user = processes.unprivileged_user()
        self.port, self.password, self.passphrase = free_port(), secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self._directory = processes.throw_away_directory(self._user)
        self.files, self.key = self._directory / "files", self._directory / "client"
        self.files.mkdir()
        self._make_key("host", "")
        self._make_key("client", self.passphrase)
        self.host_key = " ".join((self._directory / "host.pub").read_text().split()[:2])
        self._write()
        self._running = self._started()

    def _make_key(self, name: str, passphrase: str) -> None:
        path = str(self._directory / name)
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-a", "1", "-N", passphrase, "-f", path]
        subprocess.run(command, check=True, capture_output=True)

    def _write(self) -> None:
        owner, group = (self._directory.stat().st_uid, self._directory.stat().st_gid)
        hashed = subprocess.run(
            ["openssl", "passwd", "-6", "-stdin"], input=self.password, check=True, capture_output=True, text=True
        )
        files = {
            "passwd": f"sshd:x:105:65534::/:/bin/false\n{self.username}:x:{owner}:{group}::{self.files}:/bin/sh\n",
            "group": f"own:x:{group}:\n",
            "shadow": f"{self.username}:{hashed.stdout.strip()}:19000:0:99999:7:::\n",
            "sshd_config": (
                f"Port {self.port}\nListenAddress {self.host}\nHostKey {self._directory / 'host'}\nPidFile none\n"
                f"UsePAM no\nStrictModes no\nAuthorizedKeysFile {self._directory / 'client.pub'}\n"
                "Subsystem sftp internal-sftp\nMaxAuthTries 20\nMaxStartups 100\n"
            ),
        }
        for name, text in files.items():
            (self._directory / name).write_text(text)
        if self._user:
            for path in self._directory.iterdir():
                shutil.chown(path, self._user)

    def _started(self) -> processes.Running:
        wrapped = {f"NSS_WRAPPER_{name.upper()}": str(self._directory / name) for name in ("passwd", "group", "shadow")}
        command = [str(self._program), "-D", "-e", "-f", str(self._directory / "sshd_config")]
        return processes.start(
            command,
            self._directory,
            self._answers,
            user=self._user,
            environment={**os.environ, **wrapped, "LD_PRELOAD": _WRAPPER},
        )

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), 5) as connection:
                return connection.recv(4) == b"SSH-"
        except OSError:
            return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_SFTP_PORT": str(self.port),
            "APITEST_SFTP_USER": self.username,
            "APITEST_SFTP_PASSWORD": self.password,
            "APITEST_SFTP_HOST_KEY": self.host_key,
        }
