"""How to reach Cassandra; its driver is loaded when the first session is opened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitest.errors import MissingDependency

if TYPE_CHECKING:
    from apitest.clients.cassandra.connection import CassandraConnection

DEFAULT_PORT = 9042


@dataclass(frozen=True, slots=True)
class CassandraSettings:
    """Where a cluster is, and what it wants.

    Attributes:
        contact_points: addresses or names of nodes; these are talked to, and no others.
        port: of the native protocol.
        protocol_version: of the native protocol; None to agree on the newest.
        username: empty for a cluster that asks for none.
        password: likewise.
        tls: whether to encrypt; files below imply it.
        ca_file: PEM, of the authority that signed the nodes' certificates; empty for those the system trusts.
        certificate: PEM, of this client, where the cluster asks for one; key is its private key.
        key: see certificate; empty if it is in the same file.
        verify: whether a node has to prove who it is.
        timeout: seconds to wait for an answer.
    """

    contact_points: tuple[str, ...] = ("127.0.0.1",)
    port: int = DEFAULT_PORT
    protocol_version: int | None = None
    username: str = ""
    password: str = ""
    tls: bool = False
    ca_file: str = ""
    certificate: str = ""
    key: str = ""
    verify: bool = True
    timeout: float = 10.0

    @property
    def encrypted(self) -> bool:
        """Whether TLS is asked for, in one way or another."""
        return self.tls or bool(self.ca_file or self.certificate)

    def __str__(self) -> str:
        """The contact points, as errors name them."""
        return ", ".join(f"{host}:{self.port}" for host in self.contact_points)


def connect(settings: CassandraSettings, keyspace: str | None = None) -> "CassandraConnection":
    """Open a session.

    Args:
        settings: where and how.
        keyspace: what tables are looked for in; None for none.

    Raises:
        MissingDependency: the driver does not work with this Python.
        Unreachable: no node answers, or they refuse the user.
        BadValue: there is no such keyspace, or a file for TLS cannot be read.
    """
    try:
        from apitest.clients.cassandra.connection import CassandraConnection
    except Exception as error:  # the driver has an error of its own for want of an event loop, beside ImportError
        fix = "pip install --force-reinstall --only-binary :all: cassandra-driver"
        raise MissingDependency(f"The Cassandra driver cannot be loaded: {error}", fix=fix) from None
    return CassandraConnection(settings, keyspace)
