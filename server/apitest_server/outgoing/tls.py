"""How the certificates of remote ends are verified, and which certificate is shown to them."""

import ssl
from collections.abc import Mapping
from pathlib import Path

from apitest_server.errors import BadRequest


def context(fields: Mapping[str, object], directory: Path) -> ssl.SSLContext:
    """What a definition says.

    Args:
        fields: ``validate_tls`` is true unless it says otherwise; ``ca_certs`` names a file of authorities, else
            those of the system count.
        directory: where a relative path begins.

    Raises:
        BadRequest: the file cannot be used.
    """
    ca_certs = str(fields.get("ca_certs") or "")
    try:
        made = ssl.create_default_context(cafile=directory / ca_certs if ca_certs else None)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or getattr(error, "reason", "") or "it holds no certificates"
        raise BadRequest(f"Input field `ca_certs` names a file that cannot be used: {reason}") from None
    if not fields.get("validate_tls", True):
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


def client_context(fields: Mapping[str, object], directory: Path) -> ssl.SSLContext:
    """What a definition says that may also have a certificate of its own to show.

    Args:
        fields: as above; ``tls_cert_file`` names the certificate, ``tls_private_key_file`` the file of its key, which
            is in the file of the certificate if none is named.
        directory: where a relative path begins.

    Raises:
        BadRequest: a file cannot be used.
    """
    made = context(fields, directory)
    certificate, key = (str(fields.get(name) or "") for name in ("tls_cert_file", "tls_private_key_file"))
    if certificate:
        try:
            made.load_cert_chain(directory / certificate, directory / key if key else None, password=lambda: "")
        except (OSError, ssl.SSLError) as error:
            reason = getattr(error, "strerror", None) or getattr(error, "reason", "") or str(error)
            raise BadRequest(f"Input field `tls_cert_file` names a file that cannot be used: {reason}") from None
    return made
