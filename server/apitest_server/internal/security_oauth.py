"""Security definitions: OAuth 2.0, whose bearer tokens outgoing REST and SOAP connections show."""

from time import perf_counter

from apitest_server.errors import InputError, NotFound
from apitest_server.internal import crud
from apitest_server.internal._web_address import WebAddress
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf, Reference, find
from apitest_server.outgoing.http_auth import AUTHS
from apitest_server.outgoing.oauth import pairs
from apitest_server.redaction import is_secret
from apitest_server.security.certificates import AUTHORITY, PAIR
from apitest_server.security.objects import SECURITY
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    try:
        found = pairs(fields.extra_fields)
    except ValueError as error:
        raise InputError("extra_fields", str(error)) from None
    for name, _ in found:
        if is_secret(name):
            raise InputError("extra_fields", f"must not hold secrets, which lists would show: `{name}`")


OAUTH = ObjectType(
    name="security.oauth",
    title="OAuth definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True, about="The client ID"),
        Field(WebAddress("auth_server_url"), required=True, searched=True, about="Such as https://example.com/token"),
        Field(Text("scopes", default=""), about="Such as orders.read orders.write"),
        Field(OneOf("grant_type", "client_credentials", "password")),
        Field(OneOf("client_auth_method", "client_secret_post", "client_secret_basic")),
        Field(Text("client_id_field", default="client_id")),
        Field(Text("client_secret_field", default="client_secret")),
        Field(OneOf("data_format", "form", "json"), about="Of the request for a token"),
        Field(Text("extra_fields", default=""), about="Of that request; such as audience=https://example.com"),
        Field(Between("timeout", 1, 60, default=10), about="In seconds"),
        Field(Bool("validate_tls", default=True)),
        Field(Reference("sec_tls_ca_cert_id"), refers_to=(AUTHORITY,)),
        Field(Reference("sec_tls_key_cert_id"), refers_to=(PAIR,)),
        Field(Text("password"), stored="encrypted", about="The client secret"),
    ),
    space="security",
    validate=_validate,
)


class Create(crud.Create):
    """Creates an OAuth definition; it takes effect at once."""

    name = "zato.security.oauth.create"
    object_type = OAUTH


class Edit(crud.Edit):
    """Changes the given fields of an OAuth definition, at once; the others keep their values."""

    name = "zato.security.oauth.edit"
    object_type = OAUTH


class Delete(crud.Delete):
    """Deletes an OAuth definition, unless connections need it."""

    name = "zato.security.oauth.delete"
    object_type = OAUTH


class GetList(crud.GetList):
    """Lists OAuth definitions by name; by page, search words and fields."""

    name = "zato.security.oauth.get-list"
    object_type = OAUTH


class GetByID(crud.GetByID):
    """Returns an OAuth definition, found by its ID, without secrets."""

    name = "zato.security.oauth.get-by-id"
    object_type = OAUTH


class GetByName(crud.GetByName):
    """Returns an OAuth definition, found by its name, without secrets."""

    name = "zato.security.oauth.get-by-name"
    object_type = OAUTH


class ChangePassword(crud.ChangePassword):
    """Changes the client secret of an OAuth definition, at once."""

    name = "zato.security.oauth.change-password"
    object_type = OAUTH


class Ping(Service):
    """Asks the authorization server of a definition for a token, and says for how long it is good."""

    name = "zato.security.oauth.ping"

    class SimpleIO:
        """By ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Bool("is_success"), "info")

    def handle(self) -> None:
        """503 where there is none, and why; the token itself is not told."""
        item = find(self.server, OAUTH, self.request.input.id)
        active = self.server.components[SECURITY].items.get(item.id)
        if active is None:
            raise NotFound(f"OAuth definition `{item.name}` is not active")
        started = perf_counter()
        self.server.components[AUTHS].tokens(active).renew()
        took = (perf_counter() - started) * 1000
        info = f"{item.fields['auth_server_url']} has given a token in {took:.0f} ms"
        self.response.payload = {"is_success": True, "info": info}
