"""Tests of apitest_server.security.client_certificate."""

import ssl
from pathlib import Path

import pytest

from apitest_server.security.client_certificate import (
    ClientCertificate,
    parts,
    subject_of,
    subject_of_peer,
    with_certificate,
)
from apitest_server.security.definitions import SIGNED
from apitest_server.service.asgi import Subject
from tests.apitest.clients.certificates import Authority

SHOP: Subject = (("C", "DE"), ("O", "Example, Inc."), ("OU", "Web"), ("OU", "Shop"), ("CN", "shop-7.example.com"))


def user(value: str, subject: Subject | None = SHOP, name: str = "shops") -> object:
    headers = {"a": "b"} if subject is None else with_certificate({"a": "b"}, subject)
    return ClientCertificate(name, parts(value)).check(headers)


@pytest.mark.parametrize(
    "value",
    [
        "CN=shop-7.example.com",
        "CN=shop-*",
        "cn = *.example.com\ncommonName=shop-*.com",
        "CN=s*-*.*.com",
        "CN=*",
        "CN=shop-7*.example.com",
        "OU=Web\nOU=Shop\n\nC=DE",
        "CN=shop-*, O=Example\\, Inc., organizationalUnitName=Shop",
    ],
)
def test_a_subject_has_all_that_is_asked_for(value: str) -> None:
    """The user is its common name; of a name that is there more than once one value does."""
    assert user(value) == "shop-7.example.com"


@pytest.mark.parametrize(
    "value",
    [
        "CN=shop-7",
        "CN=SHOP-*",
        "CN=*shop",
        "CN=shop-7.example.com*com",
        "CN=*-*-*",
        "CN=shop-[0-9].example.com",
        "CN=shop-?.example.com",
        "O=Example",
        "CN=shop-*\nL=*",
        "CN=shop-*, OU=Sh?p",
    ],
)
def test_one_that_lacks_a_part_is_refused(value: str) -> None:
    """Only * stands for something else, and case counts."""
    assert user(value) is None


def test_without_a_certificate_nobody_is_known() -> None:
    """A header cannot stand for one; who shows one cannot be guessed."""
    checks = ClientCertificate("a", parts("CN=*"))
    assert user("CN=*", None) is None
    assert checks.claimed({"client-certificate": "x"}) is None
    assert checks.claimed(with_certificate({}, ())) == SIGNED
    assert checks.headers("user", "secret") == {}
    assert checks.scheme() == {"type": "mutualTLS"}
    assert subject_of({"a": "b"}) is None


def test_a_subject_without_a_common_name() -> None:
    """Has the definition's name as its user."""
    assert user("O=*", (("O", "Example"),)) == "shops"


@pytest.mark.parametrize("value", ["", " \n,", "shop", "CN=", "=a", "X=a", "CN=a,b", "\n".join(["CN=a"] * 51)])
def test_what_is_not_a_pattern(value: str) -> None:
    """The error says what is."""
    with pytest.raises(ValueError, match="lines such as CN=shop-"):
        parts(value)


def test_the_subject_of_a_connection(tmp_path: Path) -> None:
    """By short names, in their order; a serial number and an e-mail address are parts of one, too."""
    given = "UID=u,DC=example,STREET=s,L=l,ST=st,C=DE,O=o,OU=x+OU=y,1.2.840.113549.1.9.1=a@example.com,2.5.4.5=7,CN=n"
    certificate, _ = Authority(tmp_path).issue("client", subject=given)
    peer = ssl._ssl._test_decode_cert(str(certificate))  # type: ignore[attr-defined]  # as `getpeercert` has it
    found = subject_of_peer(peer)
    assert found is not None
    assert sorted(found) == sorted(
        parts(
            given.replace("+", ",").replace("1.2.840.113549.1.9.1", "emailAddress").replace("2.5.4.5", "serialNumber")
        )
    )
    assert subject_of(with_certificate({}, found)) == found
    assert subject_of_peer({}) is subject_of_peer(None) is None
