"""A memcached server of the tests' own: Debian's, with and without TLS."""

import socket
from contextlib import suppress

from tests.ports import free_port
from tests.services import certificates, installation, processes


class Memcached(processes.Restartable):
    """A started server; one that is started again is empty.

    Attributes:
        host, port, tls_port: where it is.
        authority: the PEM file of the authority of its certificate.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        program = installation.need("memcached", ["memcached"], ["/usr/bin/memcached"])
        self._user = processes.unprivileged_user("memcache")
        self.port, self.tls_port = free_port(), free_port()
        self._directory = processes.throw_away_directory(self._user)
        self.authority = certificates.make(self._directory).authority
        where = f"notls:{self.host}:{self.port},{self.host}:{self.tls_port}"
        certificate = f"ssl_chain_cert={self._directory}/server.pem,ssl_key={self._directory}/server.key"
        self._command = [str(program), "-l", where, "-U", "0", "-m", "16", "-t", "1", "-Z", "-o", certificate]
        self.start()

    def _started(self) -> processes.Running:
        return processes.start(self._command, self._directory, self._answers, user=self._user)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((self.host, self.port), 5) as connection:
            connection.sendall(b"version\r\n")
            return connection.recv(7) == b"VERSION"
        return False

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {"APITEST_MEMCACHED_PORT": str(self.port)}
