"""TLS of outgoing HTTP connections: whose certificates are trusted, and which certificate the server shows itself."""

import ssl
import tempfile

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPSConnectionPool


def context(authorities: str, pair: str, verifies: bool) -> ssl.SSLContext:
    """The settings of connections.

    Args:
        authorities: certificates in PEM of those who are trusted, and nobody else; empty for those that everybody does.
        pair: a certificate with its private key in PEM; empty for none.
        verifies: whether the other side has to prove who it is.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not verifies:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    if authorities:
        made.load_verify_locations(cadata=authorities)
    if pair:
        with tempfile.NamedTemporaryFile(prefix="apitest-") as file:  # Only this user may read it; OpenSSL wants a file
            file.write(pair.encode("ascii"))
            file.flush()
            made.load_cert_chain(file.name)
    return made


class TLSAdapter(HTTPAdapter):
    """Connections with a context of their own."""

    def __init__(self, size: int, made: ssl.SSLContext, is_own: bool) -> None:
        """Takes how many connections are kept, the context, and whether the authorities in it are all that count."""
        self._context = made
        self._is_own = is_own
        super().__init__(size, size)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: object) -> None:
        """Called once, by the base class."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._context, **options)

    def cert_verify(self, conn: HTTPSConnectionPool, url: str, verify: bool, cert: object) -> None:
        """Called for each connection; the base class would trust everybody's authorities, too."""
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]  # requests leaves it untyped
        if self._is_own:
            conn.ca_certs = None
