"""Security definitions: connections to HashiCorp Vault, which knows who calls.

Channels ask for what it says of their callers; services read secrets, ``self.out.vault``.
"""

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal._web_address import WebAddress
from apitest_server.internal.crud import Between, Field, ObjectType, Reference
from apitest_server.security.certificates import AUTHORITY, PAIR
from apitest_server.service.elements import Bool, Text

VAULT = ObjectType(
    name="security.vault.connection",
    title="Vault connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(WebAddress("url"), required=True, searched=True, about="Such as https://vault.example.com:8200"),
        Field(Text("namespace", default=""), about="Of Vault Enterprise"),
        Field(Text("policies", default=""), about="Of which a caller has to have one, with commas; empty: any caller"),
        Field(
            Between("trusted_for", 0, 3600, default=5),
            about="For so many seconds Vault is not asked again; 0: each time",
        ),
        Field(Between("timeout", 1, 60, default=10), about="In seconds"),
        Field(Bool("validate_tls", default=True)),
        Field(Reference("sec_tls_ca_cert_id"), refers_to=(AUTHORITY,)),
        Field(Reference("sec_tls_key_cert_id"), refers_to=(PAIR,)),
        Field(Text("token"), stored="encrypted", about="Of services; callers show their own"),
    ),
    space="security",
    after_edit=rename_client,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(VAULT, __name__)


class Ping(crud.Ping):
    """Asks Vault whether it is ready, and whether it knows the connection's token."""

    name = "zato.security.vault.connection.ping"
    object_type = VAULT
