"""An SFTP server for the tests of this directory, and a connection to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.outgoing.sftp import SFTPConnection
from tests.server.outgoing.ssh import connection
from tests.services.openssh import OpenSSH


@pytest.fixture(scope="package")
def ssh_server() -> Iterator[OpenSSH]:
    """OpenSSH, which tests may kill and start again."""
    service = OpenSSH()
    yield service
    service.stop()


@pytest.fixture
def files(ssh_server: OpenSSH, tmp_path: Path) -> Iterator[SFTPConnection]:
    """A connection to it."""
    made = connection(ssh_server, tmp_path)
    yield made
    made.close()
