"""Objects that say how the certificate of a remote end is verified; ``outgoing.tls.context`` does as they say."""

from collections.abc import Mapping

from apitest_server.internal.crud.object_type import Field, Generic
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

VERIFIED = (
    Field(Bool("validate_tls", default=True)),
    Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
)


class _Validation(Text):
    """Whether certificates are verified, in the words of OpenSSL."""

    def parse(self, value: object) -> str:
        """One of its words."""
        if value not in ("CERT_REQUIRED", "CERT_OPTIONAL", "CERT_NONE"):
            raise ValueError("must be one of CERT_REQUIRED, CERT_OPTIONAL, CERT_NONE")
        return str(value)


def _own(server: Server, given: Attrs) -> Mapping[str, object]:
    own: dict[str, object] = {}
    if "tls_validate" in given:
        own["validate_tls"] = given.tls_validate != "CERT_NONE"
    if "tls_ca_certs_file" in given:
        own["ca_certs"] = given.tls_ca_certs_file
    return own


def _shown(server: Server, row: Attrs) -> Mapping[str, object]:
    return {"tls_validate": "CERT_REQUIRED" if row.validate_tls else "CERT_NONE", "tls_ca_certs_file": row.ca_certs}


# What clients of zato.generic.connection.* call these fields
AS_OPENSSL = Generic(takes=(_Validation("tls_validate"), Text("tls_ca_certs_file")), own=_own, shows=_shown)
