"""Certificates made for one test: an authority, and what it has signed."""

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_NOW = datetime.datetime.now(datetime.UTC)
_DAY = datetime.timedelta(days=1)
# Python 3.13 and newer trust no authority that does not say what its key is for (RFC 5280, 4.2.1.3).
_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


class Authority:
    """Issues certificates into a directory, with its own as ``ca.pem``."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test Authority")])
        certificate = (
            self._builder(self.name, self.key, _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_SIGNS_CERTIFICATES, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        self.ca_file = directory / "ca.pem"
        self.ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def issue(
        self,
        name: str,
        host: str = "127.0.0.1",
        *,
        expired: bool = False,
        password: bytes | None = None,
        begins_in_days: int = -2,
        is_authority: bool | None = None,
        subject: str = "",
    ) -> tuple[Path, Path]:
        """A certificate and its key, as files ``<name>.pem`` and ``<name>.key``.

        Args:
            name: of the files, and the common name.
            host: that it is for.
            expired: whether it was valid until yesterday only.
            password: that the key is encrypted with.
            begins_in_days: when it is valid for the first time.
            is_authority: what it says of that; nothing for ``None``.
            subject: as RFC 4514 writes it, where it is more than the common name.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        named = x509.Name.from_rfc4514_string(subject or f"CN={name}")
        address = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdecimal() else x509.DNSName(host)
        life = begins_in_days * _DAY + _DAY if expired else max(1, begins_in_days + 1) * _DAY
        builder = self._builder(named, key, life, begins_in_days * _DAY)
        if is_authority is not None:
            builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        certificate = (
            builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        path, key_path = self.directory / f"{name}.pem", self.directory / f"{name}.key"
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        protection = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        key_path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
        )
        return path, key_path

    def _builder(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        life: datetime.timedelta,
        begins: datetime.timedelta = -2 * _DAY,
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_NOW + begins)
            .not_valid_after(_NOW + life)
        )
