"""Certificates with their private keys, which outgoing connections show."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.internal.security_tls._pem import PEMKeyPair
from apitest_server.security.certificates import PAIR
from apitest_server.service.elements import Bool

KEY_CERT = ObjectType(
    name=PAIR,
    title="Key and certificate",
    plural="Keys and certificates",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(PEMKeyPair("value"), required=True, stored="encrypted"),
    ),
)


class Create(crud.Create):
    """Creates a certificate with its key; it takes effect at once."""

    name = "zato.security.tls.key-cert.create"
    object_type = KEY_CERT


class Edit(crud.Edit):
    """Changes the given fields of a certificate with its key, at once; the others keep their values."""

    name = "zato.security.tls.key-cert.edit"
    object_type = KEY_CERT


class Delete(crud.Delete):
    """Deletes a certificate with its key, unless connections need it."""

    name = "zato.security.tls.key-cert.delete"
    object_type = KEY_CERT


class GetList(crud.GetList):
    """Lists certificates with their keys by name, without the keys; by page, search words and fields."""

    name = "zato.security.tls.key-cert.get-list"
    object_type = KEY_CERT


class GetByID(crud.GetByID):
    """Returns a certificate with its key, found by its ID, without the keys."""

    name = "zato.security.tls.key-cert.get-by-id"
    object_type = KEY_CERT


class GetByName(crud.GetByName):
    """Returns a certificate with its key, found by its name, without the keys."""

    name = "zato.security.tls.key-cert.get-by-name"
    object_type = KEY_CERT
