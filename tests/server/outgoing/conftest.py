"""Servers for the tests of this directory, and connections to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.outgoing.imap import IMAPConnection
from apitest_server.outgoing.ldap import LDAPConnection
from apitest_server.outgoing.sftp import SFTPConnection
from tests.server.outgoing.directories import directory
from tests.server.outgoing.mail import imap
from tests.server.outgoing.ssh import connection
from tests.services.email import Email
from tests.services.openssh import OpenSSH
from tests.services.s3 import S3
from tests.services.slapd import Slapd
from tests.services.starting import started


@pytest.fixture(scope="package")
def ssh_server() -> Iterator[OpenSSH]:
    """OpenSSH, which tests may kill and start again."""
    service = started("sftp")
    assert isinstance(service, OpenSSH)
    yield service
    service.stop()


@pytest.fixture
def files(ssh_server: OpenSSH, tmp_path: Path) -> Iterator[SFTPConnection]:
    """A connection to it."""
    made = connection(ssh_server, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="package")
def email() -> Iterator[Email]:
    """Servers of e-mail, which tests may kill and start again."""
    service = started("email")
    assert isinstance(service, Email)
    yield service
    service.stop()


@pytest.fixture
def inbox(email: Email, tmp_path: Path) -> Iterator[IMAPConnection]:
    """A connection to the mailbox, which is empty."""
    made = imap(email, tmp_path)
    for _, message in made.get(criteria="ALL"):
        message.delete()
    yield made
    made.close()


@pytest.fixture(scope="package")
def slapd() -> Iterator[Slapd]:
    """An LDAP server, which tests may kill and start again."""
    service = started("ldap")
    assert isinstance(service, Slapd)
    yield service
    service.stop()


@pytest.fixture
def staff(slapd: Slapd, tmp_path: Path) -> Iterator[LDAPConnection]:
    """A connection to it that may do everything."""
    made = directory(slapd, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="package")
def storage() -> Iterator[S3]:
    """S3-compatible storage, which tests may kill and start again."""
    service = started("s3")
    assert isinstance(service, S3)
    yield service
    service.stop()
