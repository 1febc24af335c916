"""Tests of apitest_server.internal.security_tls._pem."""

from pathlib import Path

import pytest

from apitest_server.internal.security_tls._pem import PEMCertificates, PEMKeyPair, subjects
from tests.apitest.clients.certificates import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


def test_certificates_say_whose_they_are(authority: Authority) -> None:
    """And until when they are valid; several are told line by line."""
    text = PEMCertificates("value").parse(authority.ca_file.read_text() * 2 + "\n\n")
    assert text.endswith("-----END CERTIFICATE-----\n")
    lines = subjects(text).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("CN=Test Authority, until 20")


@pytest.mark.parametrize(
    "wrong", ["", "x", "ä", "-----BEGIN CERTIFICATE-----\nQUE=\n-----END CERTIFICATE-----", "x" * 2**21]
)
def test_what_is_not_a_certificate_is_refused(wrong: str) -> None:
    """With how one looks."""
    with pytest.raises(ValueError, match="PEM"):
        PEMCertificates("value").parse(wrong)


def test_a_certificate_has_its_own_key(authority: Authority, tmp_path: Path) -> None:
    """In either order, in one line as forms of browsers send it, and not encrypted; errors do not show the key."""
    certificate, key = (path.read_text() for path in authority.issue("a"))
    element = PEMKeyPair("value")
    assert element.parse(certificate + key) == certificate + key
    assert element.parse(f"of a\n{key}\n{certificate}") == certificate + key
    assert element.parse((certificate + key).replace("\n", "")) == certificate + key
    assert element.parse("") == ""
    other = authority.issue("b")[1].read_text()
    locked = authority.issue("c", password=b"p")
    wrong = {
        certificate + other: "another one's",
        locked[0].read_text() + locked[1].read_text(): "not encrypted",
        certificate: "must have a private key",
        key: "must have a certificate",
    }
    for text, told in wrong.items():
        with pytest.raises(ValueError, match=told) as caught:
            element.parse(text)
        assert key.splitlines()[1] not in str(caught.value)
