"""SMTP connections: defined and tried; services send with them as ``self.email.smtp``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field
from apitest_server.internal.email._connection import UNUSED, connection
from apitest_server.service.elements import Bool, Text

SMTP = connection(
    name="email.smtp",
    title="SMTP connection",
    modes=("starttls", "ssl", "plain"),
    own=(
        Field(Text("ping_address", default="")),
        Field(Bool("is_debug", default=False), about=UNUSED),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SMTP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an SMTP connection; sends an e-mail where it has a ``ping_address``."""

    name = "zato.email.smtp.ping"
    object_type = SMTP
