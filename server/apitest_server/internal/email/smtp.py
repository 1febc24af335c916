"""SMTP connections: defined and tried; services send with them as ``self.email.smtp``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf
from apitest_server.service.elements import Bool, Text

SMTP = ObjectType(
    name="email.smtp",
    title="SMTP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 0, 65535, default=0), about="0: that of the mode"),
        Field(OneOf("mode", "starttls", "ssl", "plain")),
        Field(Text("username", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Text("ping_address", default="")),
        Field(Bool("validate_tls", default=True)),
        Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
        Field(
            Bool("is_debug", default=False), about="Of old clients, without effect: a dialogue would show the password"
        ),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SMTP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an SMTP connection; sends an e-mail where it has a ``ping_address``."""

    name = "zato.email.smtp.ping"
    object_type = SMTP
