"""Fields that hold certificates and keys as text, in PEM."""

import re
from textwrap import wrap

from apitest_server.service.elements import Text

_LARGEST = 1024 * 1024
_BLOCK = re.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]+)-----END \\1-----")


class PEMCertificates(Text):
    """One certificate or more."""

    def parse(self, value: object) -> str:
        """The certificates, each line as long as PEM has it."""
        text = "".join(_blocks(super().parse(value), "CERTIFICATE"))
        try:
            subjects(text)
        except ValueError:
            raise ValueError("must be certificates in PEM: -----BEGIN CERTIFICATE----- …") from None
        return text


class PEMKeyPair(Text):
    """A certificate, perhaps those that it was signed with, and its private key."""

    def parse(self, value: object) -> str:
        """The certificates and the key behind them; nothing of it is in an error."""
        given = super().parse(value)
        if not given:
            return given  # Of `edit`: the one before is kept
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        certificates, keys = _blocks(given, "CERTIFICATE"), _blocks(given, "PRIVATE KEY")
        try:
            own = x509.load_pem_x509_certificates("".join(certificates).encode("ascii"))[0]
        except ValueError:
            raise ValueError("must have a certificate in PEM: -----BEGIN CERTIFICATE----- …") from None
        try:
            key = load_pem_private_key("".join(keys).encode("ascii"), None)
        except (TypeError, ValueError, UnsupportedAlgorithm):
            raise ValueError("must have a private key in PEM, which is not encrypted itself") from None
        if key.public_key() != own.public_key():
            raise ValueError("must have the private key of its first certificate: this is another one's")
        return "".join((*certificates, *keys))


def subjects(text: str) -> str:
    """Whose the certificates are and until when they are valid, a line each.

    Raises:
        ValueError: there is none.
    """
    from cryptography import x509

    found = x509.load_pem_x509_certificates(text.encode("ascii"))
    return "\n".join(f"{one.subject.rfc4514_string()}, until {one.not_valid_after_utc:%Y-%m-%d}" for one in found)


def _blocks(text: str, kind: str) -> list[str]:
    """What has this at the end of its label; lines are made anew, since forms of browsers may make one of all."""
    if len(text) > _LARGEST:
        raise ValueError("must be text in PEM, of at most 1 MB")
    wanted = ((label, "".join(body.split())) for label, body in _BLOCK.findall(text) if label.endswith(kind))
    lines = ((label, "\n".join(wrap(body, 64))) for label, body in wanted)
    return [f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n" for label, body in lines]
