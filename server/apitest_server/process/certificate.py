"""The server's own certificate: read and checked before it listens, so that no client finds out what is wrong."""

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from apitest_server.config import Config
from apitest_server.errors import StartError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate


def encryption(config: Config) -> ssl.SSLContext | None:
    """How the server speaks TLS, from version 1.2 on; ``None`` if it speaks plain HTTP.

    Raises:
        StartError: a file cannot be read, or what is in it cannot be used.
    """
    tls = config.tls
    place = f"the section [tls] of {config.directory / 'server.conf'}"
    if not tls.certificate:
        given = [name for name in ("key", "client_authorities") if getattr(tls, name)]
        if given:
            fix = f"Name the file of the certificate, or leave `{given[0]}` out, too"
            raise StartError(f"`{given[0]}` is given, and `certificate` is not", place, fix)
        return None
    path = config.directory / tls.certificate
    made = _context(path, config.directory / tls.key if tls.key else path, tls.key_password, place)
    if tls.client_authorities:
        authorities = config.directory / tls.client_authorities
        _check_authorities(_certificates(authorities, "client_authorities", place), authorities, place)
        made.load_verify_locations(authorities)
        made.verify_mode = ssl.CERT_OPTIONAL  # Channels say who has to show one
    return made


def _context(path: Path, key_path: Path, password: str, place: str) -> ssl.SSLContext:
    chain = _certificates(path, "certificate", place)
    _check_chain(chain, path, place)
    if _key(key_path, password, place).public_key() != chain[0].public_key():
        fix = "Name the key that the certificate was made for; the server's own certificate comes first in its file"
        raise StartError(f"The private key {key_path} is not that of the certificate {path}", place, fix)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    try:
        made.load_cert_chain(path, key_path, password)
    except ssl.SSLError as error:
        raise StartError(f"The certificate {path} cannot be used: {_reason(error)}", place) from None
    return made


def _certificates(path: Path, key: str, place: str) -> "Sequence[Certificate]":
    from cryptography import x509

    content = _content(path, key, place)
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        fix = "It has to have -----BEGIN CERTIFICATE----- …; `openssl x509 -in FILE` converts others"
        raise StartError(f"`{key}`: there is no certificate in PEM in {path}", place, fix) from None


def _key(path: Path, password: str, place: str) -> "PrivateKeyTypes":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _content(path, "key", place)
    begins = content.find(b"-----BEGIN", 0)
    while begins >= 0 and b"PRIVATE KEY" not in content[begins : content.find(b"\n", begins)]:
        begins = content.find(b"-----BEGIN", begins + 1)
    if begins < 0:
        fix = "Name the file with -----BEGIN PRIVATE KEY----- … as `key`"
        raise StartError(f"`key`: there is no private key in PEM in {path}", place, fix)
    try:
        return load_pem_private_key(content[begins:], password.encode() or None)
    except TypeError:
        if password:  # Of a key that needs none; OpenSSL does not ask for it either
            return load_pem_private_key(content[begins:], None)
        raise StartError(f"The private key {path} is encrypted", place, "Give its password as `key_password`") from None
    except (ValueError, UnsupportedAlgorithm):
        what = "cannot be read with this `key_password`" if password else "cannot be read"
        raise StartError(f"The private key {path} {what}", place) from None


def _content(path: Path, key: str, place: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StartError(f"`{key}`: cannot read {path}: {error.strerror or error}", place) from None


def _check_chain(chain: "Sequence[Certificate]", path: Path, place: str) -> None:
    """Each is valid today, and was issued by the next one."""
    _check_dates(chain, path, place)
    for one, other in pairwise(chain):
        try:
            one.verify_directly_issued_by(other)
        except Exception:  # What cryptography raises depends on the kind of key
            who, by = _name(one), _name(other)
            fix = "First the server's own, then that of who issued it, and so on; an authority's own may be left out"
            raise StartError(f"{path}: `{who}` was not issued by `{by}`, which comes after it", place, fix) from None


def _check_authorities(found: "Sequence[Certificate]", path: Path, place: str) -> None:
    """Each is valid today, and may issue certificates."""
    from cryptography import x509

    _check_dates(found, path, place)
    for one in found:
        try:
            is_authority = one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except x509.ExtensionNotFound:
            is_authority = False
        if not is_authority:
            fix = "Name the certificates of those that issue the clients' certificates, not the clients' own"
            raise StartError(f"{path}: `{_name(one)}` is not a certificate of an authority", place, fix)


def _check_dates(found: "Sequence[Certificate]", path: Path, place: str) -> None:
    now = datetime.now(UTC)
    for one in found:
        begins, ends = one.not_valid_before_utc, one.not_valid_after_utc
        if not begins <= now <= ends:
            what = f"expired on {ends:%Y-%m-%d %H:%M}" if now > ends else f"is not valid before {begins:%Y-%m-%d %H:%M}"
            fix = "Renew it, or take it out of the file if others of the file are enough"
            raise StartError(f"{path}: the certificate of `{_name(one)}` {what} UTC", place, fix)


def _name(one: "Certificate") -> str:
    return one.subject.rfc4514_string() or f"number {one.serial_number:x}"


def _reason(error: ssl.SSLError) -> str:
    return (error.reason or str(error)).replace("_", " ").lower()
