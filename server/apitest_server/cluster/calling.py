"""Calls a server of this product over its admin API, whether it speaks TLS or not.

Who calls knows the fingerprint of the certificate that the server shows: it stands in the server's directory and in the
ODB. So the certificate may be of any authority, and for any name.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from apitest_server.errors import NotRunning

if TYPE_CHECKING:
    from ssl import SSLContext


_NONE: Mapping[str, str] = {}


class Called(Protocol):
    """A running server.

    Attributes:
        address: such as ``https://127.0.0.1:17010``.
        certificate: the fingerprint of its certificate; empty where it speaks plain HTTP.
    """

    @property
    def address(self) -> str: ...
    @property
    def certificate(self) -> str: ...


def fingerprint(certificate: Path) -> str:
    """That of the first certificate of a file in PEM: SHA-256, in hexadecimal.

    Raises:
        OSError: the file cannot be read.
        ValueError: it has no certificate.
    """
    from ssl import PEM_cert_to_DER_cert

    begins, ends = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    body, end, _ = certificate.read_text("ascii", "replace").partition(begins)[2].partition(ends)
    if not end:
        raise ValueError(f"There is no certificate in PEM in {certificate}")
    return sha256(PEM_cert_to_DER_cert(f"{begins}{body}{ends}")).hexdigest()


def exchanged(
    server: Called, method: str, path: str, timeout: float, body: str | None = None, headers: Mapping[str, str] = _NONE
) -> tuple[int, bytes]:
    """The status and the body that a server answers with.

    Args:
        server: which.
        method: of HTTP.
        path: percent-encoded.
        timeout: in seconds.
        body: of the request.
        headers: likewise.

    Raises:
        NotRunning: it cannot be reached, or what answers there is not this server.
    """
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    where = urlsplit(server.address)
    host, port = where.hostname or "", where.port
    if where.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=timeout, context=_any_certificate())
    else:
        connection = HTTPConnection(host, port, timeout=timeout)
    try:
        if isinstance(connection, HTTPSConnection):
            connection.connect()
            if sha256(connection.sock.getpeercert(True) or b"").hexdigest() != server.certificate:
                raise NotRunning("What answers shows another certificate than the server does", server.address)
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException) as error:
        text = "The server does not answer"
        raise NotRunning(f"{text}: {error}", server.address, "Its log says more, server.log") from None
    finally:
        connection.close()


def _any_certificate() -> "SSLContext":
    """Takes whatever is shown: it is compared before anything is sent."""
    import ssl

    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made
