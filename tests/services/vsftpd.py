"""An FTP server of the tests' own: Debian's vsftpd, as an unprivileged user."""

import ftplib
import secrets
import shutil

from tests.ports import free_port
from tests.services import certificates, installation, processes

# An unprivileged vsftpd knows no users of the system: its anonymous user may have a list of passwords, and may write.
_SETTINGS = {
    "listen": "YES",
    "listen_address": "127.0.0.1",
    "background": "NO",
    "run_as_launching_user": "YES",
    "seccomp_sandbox": "NO",
    "isolate": "NO",
    "isolate_network": "NO",
    "anonymous_enable": "YES",
    "secure_email_list_enable": "YES",
    "write_enable": "YES",
    "anon_upload_enable": "YES",
    "anon_mkdir_write_enable": "YES",
    "anon_other_write_enable": "YES",
    "anon_world_readable_only": "NO",
    "anon_umask": "022",
    "delay_failed_login": "0",
    "ssl_enable": "YES",
    "allow_anon_ssl": "YES",
    "ssl_ciphers": "HIGH",
}


class Vsftpd(processes.Restartable):
    """A started server; TLS is possible, with a certificate of an authority of its own.

    Attributes:
        host, port: where it is.
        username, password: who may log in.
        authority: the PEM file of the authority.
        files: the directory that it shows.
    """

    host, username = "127.0.0.1", "anonymous"

    def __init__(self) -> None:
        self._program = installation.need("vsftpd", ["vsftpd"], ["/usr/sbin/vsftpd"])
        self._user = processes.unprivileged_user("ftp")
        self.port, self.password = free_port(), secrets.token_urlsafe(12)
        self._directory = processes.throw_away_directory(self._user)
        self.authority = certificates.make(self._directory).authority
        self.files = self._directory / "files"
        self._write()
        self._running = self._started()

    def _write(self) -> None:
        self.files.mkdir()
        (self._directory / "passwords").write_text(f"{self.password}\n")
        settings = {
            **_SETTINGS,
            "listen_port": str(self.port),
            "anon_root": str(self.files),
            "email_password_file": str(self._directory / "passwords"),
            "rsa_cert_file": str(self._directory / "server.pem"),
            "rsa_private_key_file": str(self._directory / "server.key"),
            "vsftpd_log_file": "/dev/null",
        }
        (self._directory / "vsftpd.conf").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        if self._user:  # vsftpd wants its files to be those of who runs it
            for path in (self._directory, *self._directory.iterdir()):
                shutil.chown(path, self._user)

    def _started(self) -> processes.Running:
        configuration = self._directory / "vsftpd.conf"
        return processes.start(
            [str(self._program), str(configuration)], self._directory, self._answers, user=self._user
        )

    def _answers(self) -> bool:
        try:
            with ftplib.FTP(timeout=5) as session:
                session.connect(self.host, self.port)
        except ftplib.all_errors:
            return False
        return True

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_FTP_PORT": str(self.port),
            "APITEST_FTP_USER": self.username,
            "APITEST_FTP_PASSWORD": self.password,
            "APITEST_FTP_CA": str(self.authority),
        }
