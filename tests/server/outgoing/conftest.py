"""Servers for the tests of this directory, and connections to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.outgoing.imap import IMAPConnection
from apitest_server.outgoing.ldap import LDAPConnection
from apitest_server.outgoing.mongodb import MongoDBConnection
from apitest_server.outgoing.sftp import SFTPConnection
from tests.server.outgoing.directories import directory
from tests.server.outgoing.documents import documents
from tests.server.outgoing.mail import imap
from tests.server.outgoing.ssh import connection
from tests.services.email import Email
from tests.services.mongodb import MongoDB
from tests.services.opensearch import OpenSearch
from tests.services.openssh import OpenSSH
from tests.services.s3 import S3
from tests.services.slapd import Slapd
from tests.services.solr import Solr
from tests.services.starting import own


@pytest.fixture(scope="package")
def ssh_server() -> Iterator[OpenSSH]:
    """OpenSSH, which tests may kill and start again."""
    yield from own(OpenSSH)


@pytest.fixture
def files(ssh_server: OpenSSH, tmp_path: Path) -> Iterator[SFTPConnection]:
    """A connection to it."""
    made = connection(ssh_server, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="package")
def email() -> Iterator[Email]:
    """Servers of e-mail, which tests may kill and start again."""
    yield from own(Email)


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
    yield from own(Slapd)


@pytest.fixture
def staff(slapd: Slapd, tmp_path: Path) -> Iterator[LDAPConnection]:
    """A connection to it that may do everything."""
    made = directory(slapd, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="package")
def storage() -> Iterator[S3]:
    """S3-compatible storage, which tests may kill and start again."""
    yield from own(S3)


@pytest.fixture(scope="package")
def mongodb() -> Iterator[MongoDB]:
    """A MongoDB server, which tests may kill and start again."""
    yield from own(MongoDB)


@pytest.fixture
def orders(mongodb: MongoDB, tmp_path: Path) -> Iterator[MongoDBConnection]:
    """A connection to it that may do everything; the database ``shop`` is empty."""
    made = documents(mongodb, tmp_path)
    with made.client() as client:
        client.drop_database("shop")
    yield made
    made.close()


@pytest.fixture(scope="package")
def opensearch() -> Iterator[OpenSearch]:
    """An OpenSearch server, which tests may kill and start again."""
    yield from own(OpenSearch)


@pytest.fixture(scope="package")
def solr() -> Iterator[Solr]:
    """A Solr server, which tests may kill and start again."""
    yield from own(Solr)
