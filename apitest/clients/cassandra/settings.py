"""How to reach Cassandra."""

from typing import NamedTuple

DEFAULT_PORT = 9042


class CassandraSettings(NamedTuple):
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
