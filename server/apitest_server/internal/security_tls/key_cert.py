"""Certificates with their private keys, which outgoing connections show."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.internal.security_tls._pem import PEMKeyPair
from apitest_server.service.elements import Bool

KEY_CERT = ObjectType(
    name="security.tls.key-cert",
    title="Key and certificate",
    single="a certificate with its key",
    plural="Keys and certificates",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(PEMKeyPair("value"), required=True, stored="encrypted"),
    ),
)

# It has no `change-password`, which would take anything: `edit` looks at what it is given
Create, Edit, Delete, GetList, GetByID, GetByName, _ = crud.services_of(
    KEY_CERT,
    __name__,
    {
        "get-list": "Lists certificates with their keys by name, without the keys; by page, search words and fields.",
        "get-by-id": "Returns {one}, found by its ID, without the key.",
        "get-by-name": "Returns {one}, found by its name, without the key.",
    },
)
