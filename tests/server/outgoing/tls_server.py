"""A web server with TLS that wants to see the certificate of its client."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from tests.apitest.clients.certificates import Authority
from tests.apitest.web import WebServer


@contextmanager
def suspicious(authority: Authority) -> Iterator[WebServer]:
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(*authority.issue("server"))
    settings.load_verify_locations(authority.ca_file)
    settings.verify_mode = ssl.CERT_REQUIRED
    server = WebServer(settings)
    try:
        yield server
    finally:
        server.close()


def pair(authority: Authority, name: str = "client") -> str:
    """A certificate with its key, in PEM."""
    certificate, key = authority.issue(name)
    return certificate.read_text() + key.read_text()
