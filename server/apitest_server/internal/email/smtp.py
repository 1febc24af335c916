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


class Create(crud.Create):
    """Creates an SMTP connection; it takes effect at once."""

    name = "zato.email.smtp.create"
    object_type = SMTP


class Edit(crud.Edit):
    """Changes the given fields of an SMTP connection, at once; the others keep their values."""

    name = "zato.email.smtp.edit"
    object_type = SMTP


class Delete(crud.Delete):
    """Deletes an SMTP connection."""

    name = "zato.email.smtp.delete"
    object_type = SMTP


class GetList(crud.GetList):
    """Lists SMTP connections by name; by page and search words."""

    name = "zato.email.smtp.get-list"
    object_type = SMTP


class GetByID(crud.GetByID):
    """Returns an SMTP connection, found by its ID, without its password."""

    name = "zato.email.smtp.get-by-id"
    object_type = SMTP


class GetByName(crud.GetByName):
    """Returns an SMTP connection, found by its name, without its password."""

    name = "zato.email.smtp.get-by-name"
    object_type = SMTP


class ChangePassword(crud.ChangePassword):
    """Changes the password of an SMTP connection, at once."""

    name = "zato.email.smtp.change-password"
    object_type = SMTP


class Ping(crud.Ping):
    """Logs in to the server of an SMTP connection; sends an e-mail where it has a ``ping_address``."""

    name = "zato.email.smtp.ping"
    object_type = SMTP
