"""IMAP connections: defined and tried; services read mailboxes with them as ``self.email.imap``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field
from apitest_server.internal.email._connection import UNUSED, connection
from apitest_server.service.elements import Text

IMAP = connection(
    name="email.imap",
    title="IMAP connection",
    modes=("ssl", "starttls", "plain"),
    own=(
        Field(Text("get_criteria", default="UNSEEN"), about="What messages are read; such as UNSEEN"),
        Field(Between("debug_level", 0, 10, default=0), about=UNUSED),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(IMAP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an IMAP connection and opens its inbox."""

    name = "zato.email.imap.ping"
    object_type = IMAP
