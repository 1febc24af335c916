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


class Create(crud.Create):
    """Creates an IMAP connection; it takes effect at once."""

    name = "zato.email.imap.create"
    object_type = IMAP


class Edit(crud.Edit):
    """Changes the given fields of an IMAP connection, at once; the others keep their values."""

    name = "zato.email.imap.edit"
    object_type = IMAP


class Delete(crud.Delete):
    """Deletes an IMAP connection."""

    name = "zato.email.imap.delete"
    object_type = IMAP


class GetList(crud.GetList):
    """Lists IMAP connections by name; by page and search words."""

    name = "zato.email.imap.get-list"
    object_type = IMAP


class GetByID(crud.GetByID):
    """Returns an IMAP connection, found by its ID, without its password."""

    name = "zato.email.imap.get-by-id"
    object_type = IMAP


class GetByName(crud.GetByName):
    """Returns an IMAP connection, found by its name, without its password."""

    name = "zato.email.imap.get-by-name"
    object_type = IMAP


class ChangePassword(crud.ChangePassword):
    """Changes the password of an IMAP connection, at once."""

    name = "zato.email.imap.change-password"
    object_type = IMAP


class Ping(crud.Ping):
    """Logs in to the server of an IMAP connection and opens its inbox."""

    name = "zato.email.imap.ping"
    object_type = IMAP
