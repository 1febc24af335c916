"""Outgoing connections to SAP (RFC). This server has no driver for SAP: ``self.out.sap`` says so."""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text

# How many digits SAP writes them with
_DIGITS = {"sysnr": 2, "client": 3}


def _validate(server: Server, fields: Attrs, number: int) -> None:
    for name, digits in _DIGITS.items():
        value = fields[name]
        if value and not (value.isascii() and value.isdecimal() and len(value) == digits):
            raise InputError(name, f"must have {digits} digits, such as {'0' * digits}")


SAP = ObjectType(
    name="outgoing.sap",
    title="SAP connection",
    fields=(
        Field(Bool("is_active", default=True), about="Kept only: this server has no driver for SAP"),
        Field(Text("host"), required=True, searched=True),
        Field(Text("sysnr", default="00"), about="The number of the system, two digits"),
        Field(Text("sysid", default=""), searched=True, about="The name of the system, such as NPL"),
        Field(Text("client", default=""), about="Three digits, such as 001"),
        Field(Text("user"), required=True, searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Text("router", default="")),
        Field(Between("pool_size", 1, 200, default=1)),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SAP, __name__)


class Ping(crud.Ping):
    """Says that there is no driver for SAP."""

    name = "zato.outgoing.sap.ping"
    object_type = SAP
