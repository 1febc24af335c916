"""Certificates of authorities, which outgoing connections trust."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.internal.security_tls._pem import PEMCertificates, subjects
from apitest_server.security.certificates import AUTHORITY
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    fields.info = subjects(fields.value)


CA_CERT = ObjectType(
    name=AUTHORITY,
    title="CA certificate",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(PEMCertificates("value"), required=True),
        Field(Text("info", default=""), is_given=False, searched=True),
    ),
    validate=_validate,
)


class Create(crud.Create):
    """Creates certificates of an authority; it takes effect at once."""

    name = "zato.security.tls.ca-cert.create"
    object_type = CA_CERT


class Edit(crud.Edit):
    """Changes the given fields of certificates of an authority, at once; the others keep their values."""

    name = "zato.security.tls.ca-cert.edit"
    object_type = CA_CERT


class Delete(crud.Delete):
    """Deletes certificates of an authority, unless connections need it."""

    name = "zato.security.tls.ca-cert.delete"
    object_type = CA_CERT


class GetList(crud.GetList):
    """Lists certificates of authorities by name; by page, search words and fields."""

    name = "zato.security.tls.ca-cert.get-list"
    object_type = CA_CERT


class GetByID(crud.GetByID):
    """Returns certificates of an authority, found by its ID."""

    name = "zato.security.tls.ca-cert.get-by-id"
    object_type = CA_CERT


class GetByName(crud.GetByName):
    """Returns certificates of an authority, found by its name."""

    name = "zato.security.tls.ca-cert.get-by-name"
    object_type = CA_CERT
