"""Finds the certificate files that steps name, and checks them before a request needs them.

The module ssl is imported where a step names a file: it takes its time, and many runs need none.
"""

from apitest.clients import files
from apitest.context import FeatureContext
from apitest.errors import BadValue


def ca_file(zato: FeatureContext, name: str) -> str:
    """The path of a file of certificates to trust.

    Raises:
        BadValue: there is none, or it contains no certificate.
    """
    import ssl

    path = str(files.setting(zato, name))
    try:
        ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError):
        raise BadValue(
            "The CA file contains no certificate", path, "It must contain certificates in PEM format"
        ) from None
    return path


def client_certificate(zato: FeatureContext, name: str, key: str | None = None) -> tuple[str, str]:
    """The paths of a client certificate and of its private key, which may be in the same file.

    Raises:
        BadValue: there is no such file, it contains no certificate, the key does not belong to it or needs a password.
    """
    import ssl

    certificate = str(files.setting(zato, name))
    private = certificate if key is None else str(files.setting(zato, key))
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
    fix = 'Both must be in PEM format. For a key in a separate file: Given client certificate "a.pem" with key "a.key"'
    return BadValue("The client certificate and its key cannot be read", certificate, fix)
