"""Tests of apitest_server.process.certificate, with certificates that were made for them."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from apitest_server.config import Config
from apitest_server.config.tls import TLS
from apitest_server.errors import StartError
from apitest_server.process.certificate import encryption
from tests.apitest.clients.certificates import Authority


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Its files are where server.conf is."""
    made = Authority(tmp_path)
    made.issue("server")
    return made


def made(directory: Path, **files: str) -> ssl.SSLContext | None:
    return encryption(replace(Config(directory), tls=TLS(**files)))


def refused(directory: Path, **files: str) -> str:
    with pytest.raises(StartError) as error:
        made(directory, **files)
    assert error.value.where == f"the section [tls] of {directory / 'server.conf'}"
    return error.value.problem.replace(f"{directory}/", "")


def test_without_a_certificate_there_is_plain_http(tmp_path: Path) -> None:
    """A key alone is a mistake."""
    assert made(tmp_path) is None
    assert refused(tmp_path, key="a.key") == "`key` is given, and `certificate` is not"
    assert refused(tmp_path, client_authorities="a") == "`client_authorities` is given, and `certificate` is not"


def test_a_certificate_and_its_key(authority: Authority) -> None:
    """In two files or in one, with those between it and an authority's or without; clients are asked for nothing."""
    (directory := authority.directory).joinpath("both.pem").write_text(
        "".join((directory / name).read_text() for name in ("server.key", "server.pem", "ca.pem"))
    )
    for files in ({"certificate": "server.pem", "key": "server.key"}, {"certificate": "both.pem"}):
        context = made(directory, **files)
        assert context is not None
        assert context.verify_mode is ssl.CERT_NONE
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_clients_may_show_certificates(authority: Authority) -> None:
    """Of the authorities that are named."""
    context = made(authority.directory, certificate="server.pem", key="server.key", client_authorities="ca.pem")
    assert context is not None
    assert context.verify_mode is ssl.CERT_OPTIONAL
    assert len(context.get_ca_certs()) == 1


def test_an_encrypted_key(authority: Authority) -> None:
    """Needs its password; one that needs none is taken with any."""
    authority.issue("locked", password=b"sesame")
    files = {"certificate": "locked.pem", "key": "locked.key"}
    assert made(authority.directory, **files, key_password="sesame")
    assert made(authority.directory, certificate="server.pem", key="server.key", key_password="any")
    assert refused(authority.directory, **files) == "The private key locked.key is encrypted"
    wrong = refused(authority.directory, **files, key_password="wrong")
    assert wrong == "The private key locked.key cannot be read with this `key_password`"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"certificate": "none.pem"}, "`certificate`: cannot read none.pem: No such file or directory"),
        ({"certificate": "server.key"}, "`certificate`: there is no certificate in PEM in server.key"),
        ({"certificate": "server.pem"}, "`key`: there is no private key in PEM in server.pem"),
        ({"certificate": "server.pem", "key": "no.key"}, "`key`: cannot read no.key: No such file or directory"),
        ({"certificate": "server.pem", "key": "bad.key"}, "The private key bad.key cannot be read"),
        (
            {"certificate": "server.pem", "key": "other.key"},
            "The private key other.key is not that of the certificate server.pem",
        ),
        (
            {"certificate": "wrong.pem", "key": "server.key"},
            "wrong.pem: `CN=server` was not issued by `CN=other`, which comes after it",
        ),
        (
            {"certificate": "server.pem", "key": "server.key", "client_authorities": "other.pem"},
            "other.pem: `CN=other` is not a certificate of an authority",
        ),
        (
            {"certificate": "server.pem", "key": "server.key", "client_authorities": "leaf.pem"},
            "leaf.pem: `CN=leaf` is not a certificate of an authority",
        ),
    ],
)
def test_files_that_cannot_be_used(authority: Authority, files: dict[str, str], problem: str) -> None:
    """Each is told with its name and what is wrong with it."""
    directory = authority.directory
    authority.issue("other")
    authority.issue("leaf", is_authority=False)
    (directory / "bad.key").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    (directory / "wrong.pem").write_text((directory / "server.pem").read_text() + (directory / "other.pem").read_text())
    assert refused(directory, **files) == problem


def test_dates(authority: Authority) -> None:
    """What has expired is not shown to anybody, and no clients are trusted for it; nor is what is not valid yet."""
    directory = authority.directory
    authority.issue("old", expired=True)
    authority.issue("young", begins_in_days=1)
    assert refused(directory, certificate="old.pem", key="old.key").startswith(
        "old.pem: the certificate of `CN=old` expired on "
    )
    assert refused(directory, certificate="young.pem", key="young.key").startswith(
        "young.pem: the certificate of `CN=young` is not valid before "
    )
    files = {"certificate": "server.pem", "key": "server.key", "client_authorities": "old.pem"}
    assert refused(directory, **files).startswith("old.pem: the certificate of `CN=old` expired on ")


def test_what_openssl_refuses(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told in its words: such as a key that is too short for today."""

    def refuses(*_: object) -> None:
        error = ssl.SSLError(1, "[SSL: EE_KEY_TOO_SMALL] ee key too small")
        error.reason = "EE_KEY_TOO_SMALL"
        raise error

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", refuses)
    problem = refused(authority.directory, certificate="server.pem", key="server.key")
    assert problem == "The certificate server.pem cannot be used: ee key too small"
