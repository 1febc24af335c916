"""Finds the certificate files that steps name, and tries them out before any request needs them."""

import ssl
from pathlib import Path

from apitest.context import FeatureContext
from apitest.errors import BadValue


def ca_file(zato: FeatureContext, name: str) -> str:
    """The path of a file of certificates to trust.

    Raises:
        BadValue: there is none, or it holds no certificate.
    """
    path = _find(zato, name)
    try:
        ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError):
        raise BadValue("The CA file holds no certificate", path, "It is to hold certificates in PEM format") from None
    return path


def client_certificate(zato: FeatureContext, name: str, key: str | None = None) -> tuple[str, str]:
    """The paths of a client certificate and of its private key, which may be in the same file.

    Raises:
        BadValue: there is no such file, it holds no certificate, the key does not belong to it or needs a password.
    """
    certificate = _find(zato, name)
    private = certificate if key is None else _find(zato, key)
    asked: list[str] = []

    def password() -> str:
        """Stands in for OpenSSL's own question on the terminal."""
        asked.append(private)
        return ""

    try:
        ssl.create_default_context().load_cert_chain(certificate, private, password)
    except (ssl.SSLError, OSError) as error:
        raise _unusable(error, certificate, private, bool(asked)) from None
    return certificate, private


def _unusable(error: OSError, certificate: str, key: str, encrypted: bool) -> BadValue:
    if encrypted:
        return BadValue(
            "The key of the client certificate is encrypted", key, "Decrypt it: openssl pkey -in KEY -out PLAIN_KEY"
        )
    if "KEY_VALUES_MISMATCH" in str(error):
        return BadValue("The key does not belong to the client certificate", key, f"The certificate is {certificate}")
    fix = 'Both are in PEM format; a key in a file of its own: Given client certificate "a.pem" with key "a.key"'
    return BadValue("The client certificate and its key cannot be read", certificate, fix)


def _find(zato: FeatureContext, name: str) -> str:
    """A file by its absolute path, or by one relative to the features directory or to the project's."""
    places = [Path(zato.environment_dir) / str(name), zato.run.project.root / str(name)]
    for place in places:
        if place.is_file():
            return str(place.resolve())
    raise BadValue(
        f'There is no file "{name}"',
        str(places[0]),
        "Its path is absolute, or relative to the directory of the features",
    )
