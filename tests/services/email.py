"""Servers of e-mail of the tests' own: aiosmtpd takes messages into a mailbox that Debian's Dovecot shows over IMAP."""

import json
import mailbox
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path

from tests.ports import free_port
from tests.services import certificates, installation, processes

_DOVECOT = """\
base_dir = {directory}/run
state_dir = {directory}/run
log_path = {directory}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{directory}/mail
auth_failure_delay = 0
mailbox_list_index = no
maildir_very_dirty_syncs = no
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {directory}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={directory}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure_port}
  }}
}}
"""


class Email:
    """Both servers, started.

    Attributes:
        host, smtp_port, smtps_port, imap_port, imaps_port: where they are.
        username, password: who may log in, to either.
        authority: the PEM file of the authority that signed their certificate.
        mail: the mailbox, a Maildir.
    """

    host, username = "127.0.0.1", "apitest"

    def __init__(self) -> None:
        self._dovecot = installation.need("dovecot", ["dovecot-imapd"], ["/usr/sbin/dovecot"])
        self._user = processes.unprivileged_user()
        self.smtp_port, self.smtps_port = free_port(), free_port()
        self.imap_port, self.imaps_port = free_port(), free_port()
        self.password = secrets.token_urlsafe(12)
        self._directory = processes.throw_away_directory(self._user)
        made = certificates.make(self._directory)
        self.authority, self._certificate, self._key = made.authority, made.server, made.server_key
        self.mail = self._directory / "mail"
        mailbox.Maildir(self.mail)
        self._write()
        self._imap = self._imap_started()
        try:
            self._smtp = self._smtp_started()
        except BaseException:
            self._imap.stop()
            raise

    def _write(self) -> None:
        owner = self._directory.owner()
        dovecot = _DOVECOT.format(
            directory=self._directory,
            certificate=self._certificate,
            key=self._key,
            user=owner,
            group=self._directory.group(),
            port=self.imap_port,
            secure_port=self.imaps_port,
        )
        smtp = {
            "port": self.smtp_port,
            "secure_port": self.smtps_port,
            "username": self.username,
            "password": self.password,
            "certificate": str(self._certificate),
            "key": str(self._key),
            "maildir": str(self.mail),
        }
        (self._directory / "dovecot.conf").write_text(dovecot)
        (self._directory / "users").write_text(f"{self.username}:{self.password}\n")
        (self._directory / "smtp.json").write_text(json.dumps(smtp))
        if self._user:
            for path in self._directory.rglob("*"):
                shutil.chown(path, self._user)

    def _imap_started(self) -> processes.Running:
        command = [str(self._dovecot), "-F", "-c", str(self._directory / "dovecot.conf")]
        return processes.start(command, self._directory, lambda: self._answers(self.imap_port), user=self._user)

    def _smtp_started(self) -> processes.Running:
        command = [sys.executable, "-m", "tests.services.smtp_program", str(self._directory / "smtp.json")]
        found = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        return processes.start(command, self._directory, lambda: self._answers(self.smtp_port), environment=found)

    def kill_smtp(self) -> None:
        """Kill the server that takes messages."""
        self._smtp.process.kill()
        self._smtp.process.wait()

    def start_smtp(self) -> None:
        """Start it again."""
        self._smtp = self._smtp_started()

    def kill_imap(self) -> None:
        """Kill the server that shows them, and the processes of all sessions."""
        found = processes.descendants(self._imap.process.pid)
        self._imap.process.kill()
        self._imap.process.wait()
        processes.end(found)

    def start_imap(self) -> None:
        """Start it again."""
        self._imap = self._imap_started()

    def put(self, raw: bytes) -> None:
        """A message into the mailbox, as it stands."""
        name = f"{secrets.token_hex(8)}.raw"
        path = self.mail / "tmp" / name
        path.write_bytes(raw)
        path.chmod(0o666)
        path.rename(self.mail / "new" / name)

    def _answers(self, port: int) -> bool:
        try:
            with socket.create_connection((self.host, port), 5) as connection:
                return bool(connection.recv(1))
        except OSError:
            return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where these servers are."""
        return {
            "APITEST_SMTP_PORT": str(self.smtp_port),
            "APITEST_IMAP_PORT": str(self.imaps_port),
            "APITEST_EMAIL_USER": self.username,
            "APITEST_EMAIL_PASSWORD": self.password,
            "APITEST_EMAIL_CA": str(self.authority),
        }

    def stop(self) -> None:
        """End both and delete their data."""
        processes.end(processes.descendants(self._imap.process.pid) if self._imap.process.poll() is None else [])
        self._smtp.process.kill()
        self._smtp.process.wait()
        self._imap.stop()
