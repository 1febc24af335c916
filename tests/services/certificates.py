"""Throw-away certificates, so that TLS is tested against a server that really asks for it."""

import datetime
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

STORE_PASSWORD = "throw-away"
_NO_PASSWORD = serialization.NoEncryption()
# From Python 3.13 on, an authority has to say that it is one that signs
_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Certificates:
    """Files, all in one directory.

    Attributes:
        authority: the PEM certificate of the authority that signed the others.
        stranger: the PEM certificate of an authority that signed none of them.
        client: a client's PEM certificate; ``client_key`` its private key, ``client_both`` both in one file.
        client_key: PEM, without a password.
        client_both: see ``client``.
        server: the server's PEM certificate; ``server_key`` its private key.
        server_key: PEM, without a password.
        server_store: the server's key and certificate as PKCS #12, for Java.
        trust_store: the authority as PKCS #12, for Java.
    """

    authority: Path
    stranger: Path
    client: Path
    client_key: Path
    client_both: Path
    server: Path
    server_key: Path
    server_store: Path
    trust_store: Path


class _Authority:
    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(name)
        constraints = (x509.BasicConstraints(ca=True, path_length=0), True)
        self.certificate = self._sign(self.name, self.key, constraints, (_SIGNS, True))

    def issue(self, name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """A key and its certificate, good for 127.0.0.1 and localhost."""
        key = ec.generate_private_key(ec.SECP256R1())
        hosts = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
        return key, self._sign(_name(name), key, (x509.SubjectAlternativeName(hosts), False))

    def _sign(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *extensions: tuple[x509.ExtensionType, bool]
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(hours=1))
        builder = builder.not_valid_after(now + datetime.timedelta(days=1))
        for extension, is_critical in extensions:
            builder = builder.add_extension(extension, critical=is_critical)
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return builder.add_extension(own, critical=False).sign(self.key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def make(directory: Path) -> Certificates:
    """Write a fresh set of `Certificates` into a directory."""
    authority, stranger = _Authority("throw-away authority"), _Authority("another authority")
    server_key, server = authority.issue("server")
    client_key, client = authority.issue("client")
    encryption = serialization.BestAvailableEncryption(STORE_PASSWORD.encode())
    trusted = [pkcs12.PKCS12Certificate(authority.certificate, b"authority")]
    stored = pkcs12.serialize_key_and_certificates(b"server", server_key, server, [authority.certificate], encryption)
    return Certificates(
        authority=_write(directory / "authority.pem", _pem(authority.certificate)),
        stranger=_write(directory / "stranger.pem", _pem(stranger.certificate)),
        client=_write(directory / "client.pem", _pem(client)),
        client_key=_write(directory / "client.key", _key_pem(client_key)),
        client_both=_write(directory / "both.pem", _pem(client) + _key_pem(client_key)),
        server=_write(directory / "server.pem", _pem(server)),
        server_key=_write(directory / "server.key", _key_pem(server_key)),
        server_store=_write(directory / "server.p12", stored),
        trust_store=_write(directory / "trust.p12", pkcs12.serialize_java_truststore(trusted, encryption)),
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, _NO_PASSWORD)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
