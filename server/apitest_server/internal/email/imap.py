"""IMAP connections: defined and tried; services read mailboxes with them as ``self.email.imap``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf
from apitest_server.service.elements import Bool, Text

IMAP = ObjectType(
    name="email.imap",
    title="IMAP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 0, 65535, default=0), about="0: that of the mode"),
        Field(OneOf("mode", "ssl", "starttls", "plain")),
        Field(Text("username", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Text("get_criteria", default="UNSEEN"), about="What messages are read; such as UNSEEN"),
        Field(Bool("validate_tls", default=True)),
        Field(Text("ca_certs", default=""), about="The path of a file; empty: those of the system"),
        Field(
            Between("debug_level", 0, 10, default=0),
            about="Of old clients, without effect: a dialogue would show the password",
        ),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(IMAP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an IMAP connection and opens its inbox."""

    name = "zato.email.imap.ping"
    object_type = IMAP
