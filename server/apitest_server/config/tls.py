"""PURE  What the section ``[tls]`` of server.conf says."""

from dataclasses import dataclass, field

from apitest_server.config import kinds


@dataclass(frozen=True, slots=True)
class TLS:
    """``[tls]``: the certificate that the server shows; without one it speaks plain HTTP.

    All files are PEM, and relative to server.conf.

    Attributes:
        certificate: the server's, followed by those between it and an authority's.
        key: its private key; in the file of the certificate if empty.
        key_password: of a private key that is encrypted.
        client_authorities: whose clients are known by their certificates; nobody is asked for one if empty.
    """

    certificate: str = field(default="", metadata={"kind": kinds.any_text})
    key: str = field(default="", metadata={"kind": kinds.any_text})
    key_password: str = field(default="", repr=False, metadata={"kind": kinds.any_text, "secret": True})
    client_authorities: str = field(default="", metadata={"kind": kinds.any_text})
