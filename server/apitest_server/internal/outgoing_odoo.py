"""Outgoing connections to Odoo: defined and tried; services use them as ``self.out.odoo``."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType, OneOf
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.host or any(not char.isprintable() or char in "/@?#[] " for char in fields.host):
        raise InputError("host", "must be the name of a host or its address, such as odoo.example.com")


ODOO = ObjectType(
    name="outgoing.odoo",
    title="Odoo connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=8069)),
        Field(Text("database"), required=True, searched=True),
        Field(Text("user"), required=True, searched=True),
        Field(Text("password"), stored="encrypted", about="Of the user, or an API key"),
        Field(OneOf("protocol", "xmlrpc", "xmlrpcs"), about="xmlrpcs: over TLS"),
        Field(Between("pool_size", 1, 200, default=3), about="Connections that are kept for the next use"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        *VERIFIED,
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(ODOO, __name__)


class Ping(crud.Ping):
    """Signs in to the database of an Odoo connection."""

    name = "zato.outgoing.odoo.ping"
    object_type = ODOO
