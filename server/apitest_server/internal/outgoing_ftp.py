"""Outgoing FTP connections: defined and tried; services use them as ``self.out.ftp``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType
from apitest_server.service.elements import Bool, Text

FTP = ObjectType(
    name="outgoing.ftp",
    title="FTP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=21)),
        Field(Text("user", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Text("acct", default=""), about="An account, where the server asks for one"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Bool("use_tls", default=False)),
        *VERIFIED,
        Field(
            Bool("dircache", default=False), about="Of old clients, without effect: directories are read anew each time"
        ),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(FTP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an FTP connection and asks whether it is there."""

    name = "zato.outgoing.ftp.ping"
    object_type = FTP
