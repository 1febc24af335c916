"""Objects that say how the certificate of a remote end is verified; ``outgoing.tls.context`` does as they say."""

from apitest_server.internal.crud.object_type import Field
from apitest_server.service.elements import Bool, Text

VERIFIED = (
    Field(Bool("validate_tls", default=True)),
    Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
)
