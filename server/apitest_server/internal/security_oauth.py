"""Security definitions: OAuth. With an authorization server it is 2.0: outgoing connections show its bearer tokens.

Without one it is 1.0a: callers of channels, and outgoing connections, sign their requests with a secret.
"""

from time import perf_counter

from apitest_server.errors import BadRequest, InputError, NotFound
from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal._web_address import WebAddress
from apitest_server.internal.crud import Between, Changing, Field, ObjectType, OneOf, Reference, find
from apitest_server.outgoing.http_auth import AUTHS
from apitest_server.outgoing.oauth import pairs
from apitest_server.redaction import is_secret
from apitest_server.security.certificates import AUTHORITY, PAIR
from apitest_server.security.oauth1 import METHODS
from apitest_server.security.objects import SECURITY
from apitest_server.security.rbac_objects import CLIENT
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int, Text

CHANNEL = "http-soap"


def _validate(server: Server, fields: Attrs, number: int) -> None:
    try:
        found = pairs(fields.extra_fields)
    except ValueError as error:
        raise InputError("extra_fields", str(error)) from None
    for name, _ in found:
        if is_secret(name):
            raise InputError("extra_fields", f"must not hold secrets, which lists would show: `{name}`")


def _keep_callers(act: Changing, number: int) -> None:
    """Refuses what would lock out the callers that are known by a definition: OAuth 2.0 is for outgoing connections."""
    if not act.objects.get((OAUTH.name,), OAUTH.title, number).fields["auth_server_url"]:
        return
    channels = [one.name for one in act.objects.needing(CHANNEL, number) if one.fields["connection"] == "channel"]
    users = [f"channel `{name}`" for name in channels]
    users += [f"role of client `{one.name}`" for one in act.objects.needing(CLIENT, number)]
    if users:
        problem = f"must be empty: callers show this definition as OAuth 1.0, it is used by: {', '.join(users[:5])}"
        raise InputError("auth_server_url", f"{problem}; give these another definition first")


def _edited(act: Changing, number: int) -> None:
    _keep_callers(act, number)
    rename_client(act, number)


class _TokenEndpoint(WebAddress):
    """Its address, or nothing."""

    def parse(self, value: object) -> str:
        """The address."""
        return "" if value == "" else super().parse(value)


OAUTH = ObjectType(
    name="security.oauth",
    title="OAuth definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True, about="The client ID, or the consumer key of OAuth 1.0"),
        Field(
            _TokenEndpoint("auth_server_url", default=""),
            searched=True,
            about="Such as https://example.com/token; empty: OAuth 1.0, requests are signed",
        ),
        Field(OneOf("proto_version", "1.0", "1.0a"), about="Of OAuth without an authorization server"),
        Field(OneOf("sig_method", *METHODS), about="Of OAuth 1.0"),
        Field(Between("max_nonce_log", 1, 10_000_000, default=1000), about="Of OAuth 1.0; no fewer are kept"),
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
    after_edit=_edited,
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(
    OAUTH,
    __name__,
    {
        "change-password": "Changes the client secret of {one}, at once.",
    },
)


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
        if not item.fields["auth_server_url"]:
            raise BadRequest(f"OAuth definition `{item.name}` has no `auth_server_url` that could be asked")
        started = perf_counter()
        self.server.components[AUTHS].tokens(active).renew()
        took = (perf_counter() - started) * 1000
        info = f"{item.fields['auth_server_url']} has given a token in {took:.0f} ms"
        self.response.payload = {"is_success": True, "info": info}
