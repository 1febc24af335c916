"""Fields that hold certificates and keys as text, in PEM."""

from apitest_server.service.elements import Text

_LARGEST = 1024 * 1024


class PEMCertificates(Text):
    """One certificate or more."""

    def parse(self, value: object) -> str:
        """The text, which begins and ends with the certificates."""
        text = _ascii(super().parse(value))
        try:
            subjects(text)
        except ValueError:
            raise ValueError("must be certificates in PEM: -----BEGIN CERTIFICATE----- …") from None
        return text


class PEMKeyPair(Text):
    """A certificate, perhaps those that it was signed with, and its private key."""

    def parse(self, value: object) -> str:
        """The text; nothing of it is in an error."""
        text = _ascii(super().parse(value))
        if not text:
            return text  # Of `edit`: the one before is kept
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            own = x509.load_pem_x509_certificates(text.encode("ascii"))[0]
        except ValueError:
            raise ValueError("must have a certificate in PEM: -----BEGIN CERTIFICATE----- …") from None
        try:
            key = load_pem_private_key(_key_in(text), None)
        except (TypeError, ValueError, UnsupportedAlgorithm):
            raise ValueError("must have a private key in PEM, which is not encrypted itself") from None
        if key.public_key() != own.public_key():
            raise ValueError("must have the private key of its first certificate: this is another one's")
        return text


def subjects(text: str) -> str:
    """Whose the certificates are and until when they are valid, a line each.

    Raises:
        ValueError: there is none.
    """
    from cryptography import x509

    found = x509.load_pem_x509_certificates(text.encode("ascii"))
    return "\n".join(f"{one.subject.rfc4514_string()}, until {one.not_valid_after_utc:%Y-%m-%d}" for one in found)


def _ascii(text: str) -> str:
    if not text.isascii() or len(text) > _LARGEST:
        raise ValueError("must be text in PEM")
    return text.strip() + "\n" if text.strip() else ""


def _key_in(text: str) -> bytes:
    """From the first line of a private key on; what stands ahead of it does not matter."""
    lines = text.splitlines()
    start = next((place for place, line in enumerate(lines) if "PRIVATE KEY-----" in line), len(lines))
    end = next((place for place in range(start + 1, len(lines)) if "PRIVATE KEY-----" in lines[place]), start)
    return "\n".join(lines[start : end + 1]).encode("ascii")
