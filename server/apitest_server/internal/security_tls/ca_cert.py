"""Certificates of authorities, which outgoing connections trust."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.internal.security_tls._pem import PEMCertificates, subjects
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    fields.info = subjects(fields.value)


CA_CERT = ObjectType(
    name="security.tls.ca-cert",
    title="CA certificate",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(PEMCertificates("value"), required=True),
        Field(Text("info", default=""), is_given=False, searched=True),
    ),
    validate=_validate,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(CA_CERT, __name__)
