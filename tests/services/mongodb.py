"""A MongoDB server of the tests' own: FerretDB, which keeps documents in SQLite and asks who logs in."""

import secrets
import socket
from contextlib import suppress

from tests.ports import free_port
from tests.services import certificates, golang, processes

_VERSION = "v1.24.2"
_TAGS = ("ferretdb_no_postgresql", "ferretdb_no_mysql", "ferretdb_no_hana")


class MongoDB(processes.Restartable):
    """A started server; the port with TLS is for those who show a certificate.

    Attributes:
        host, port, tls_port: where it is.
        username, password: who may do everything.
        authority: the PEM file of the authority of its certificate.
        client, client_key: a certificate to show, and its private key.
        client_both: both in one file.
    """

    host, username = "127.0.0.1", "maria"

    def __init__(self) -> None:
        module = "github.com/FerretDB/FerretDB"
        told = {"build/version/version.txt": _VERSION}
        program = golang.built(module, _VERSION, "./cmd/ferretdb", _TAGS, told)
        self.port, self.tls_port = free_port(), free_port()
        self.password = secrets.token_urlsafe(12)
        self._directory = processes.throw_away_directory()
        made = certificates.make(self._directory)
        self.authority, self.client, self.client_key = made.authority, made.client, made.client_key
        self.client_both = made.client_both
        self._command = [str(program), *(f"--{name}={value}" for name, value in self._options(made).items())]
        self._command.append("--test-enable-new-auth")  # SCRAM, as MongoDB has it
        (self._directory / "data").mkdir()
        self.start()

    def _options(self, made: certificates.Certificates) -> dict[str, object]:
        return {
            "handler": "sqlite",
            "sqlite-url": f"file:{self._directory}/data/",
            "state-dir": "-",
            "listen-addr": f"{self.host}:{self.port}",
            "listen-tls": f"{self.host}:{self.tls_port}",
            "listen-tls-cert-file": made.server,
            "listen-tls-key-file": made.server_key,
            "listen-tls-ca-file": made.authority,
            "debug-addr": "-",
            "telemetry": "disable",
            "log-level": "WARN",
            "setup-database": "admin",
            "setup-username": self.username,
            "setup-password": self.password,
        }

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((self.host, self.tls_port), 5):
            return True
        return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {
            "APITEST_MONGODB_PORT": str(self.port),
            "APITEST_MONGODB_TLS_PORT": str(self.tls_port),
            "APITEST_MONGODB_USER": self.username,
            "APITEST_MONGODB_PASSWORD": self.password,
            "APITEST_MONGODB_AUTHORITY": str(self.authority),
            "APITEST_MONGODB_CERTIFICATE": str(self.client_both),
        }
