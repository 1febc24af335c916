"""REST and SOAP: channels, which services are called through, and outgoing connections, through which they call others.

``connection`` is ``channel`` or ``outgoing``, ``transport`` is ``plain_http`` or ``soap``.
"""

from time import perf_counter

from apitest_server.errors import BadRequest, InputError, NotFound
from apitest_server.internal import crud
from apitest_server.internal._web_address import WANTED, is_web_address
from apitest_server.internal.crud import (
    AUDIT_FIELDS,
    Between,
    Field,
    ObjectType,
    OneOf,
    Reference,
    ServiceName,
    check_service,
    find,
)
from apitest_server.odb.live import LIVE
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.outgoing.http_pool import CERTIFICATE_FIELDS
from apitest_server.rest.objects import declared
from apitest_server.rest.table import CHANNELS
from apitest_server.security.certificates import AUTHORITY, PAIR
from apitest_server.security.objects import SECURITY
from apitest_server.security.types import BY_KIND, TYPES
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import HANDLERS, Server, Service
from apitest_server.service.elements import Bool, Int, Text

SECURITY_KINDS = tuple(one.kind for one in TYPES)


def _validate(server: Server, fields: Attrs, number: int) -> None:
    _check_security(server, fields)
    if fields.connection == "channel":
        _check_channel(server, fields)
    else:
        _check_outgoing(fields)


def _check_channel(server: Server, fields: Attrs) -> None:
    for name in CERTIFICATE_FIELDS:
        if fields[name]:
            raise InputError(name, "is for outgoing connections")
    if not fields.url_path.startswith("/"):
        raise InputError("url_path", "must start with /")
    if any(char in fields.url_path for char in "?#"):
        raise InputError("url_path", "must be a path without a query string, which callers may add")
    if fields.url_path.startswith("/zato/"):
        raise InputError("url_path", "must not start with /zato/, which is reserved for the server")
    if fields.has_rbac and not fields.security_id:
        raise InputError("has_rbac", "needs a `security_id`: roles are those of a security definition")
    if not fields.service:
        raise InputError("service", "is required for a channel")
    check_service(server, fields)
    unknown = [name for name in _methods(fields.method) if name not in HANDLERS]
    if unknown:
        raise InputError("method", f"has an unknown method: {', '.join(unknown)}")


def _check_outgoing(fields: Attrs) -> None:
    if not is_web_address(fields.host):
        raise InputError("host", WANTED)
    if fields.url_path and not fields.url_path.startswith("/"):
        raise InputError("url_path", "must start with /")


def _check_security(server: Server, fields: Attrs) -> None:
    security = server.components[SECURITY]
    number = fields.security_id
    if number > 0:
        _check_direction(server, fields)
    if number < 0 and number not in {row["id"] for row in security.declared()}:
        raise InputError("security_id", f"is not the ID of a security definition: {number}")
    if number > 0 and fields.connection == "outgoing":
        item = security.items.get(number)
        if item is not None and BY_KIND[item.kind].is_hashed and not item.fields.get("for_outgoing"):
            raise InputError(
                "security_id",
                f"names `{item.name}`, whose password the server knows only as a hash;"
                " edit it with `for_outgoing` true and its password",
            )


def _check_direction(server: Server, fields: Attrs) -> None:
    is_channel = fields.connection == "channel"
    for one in TYPES:
        always = one.for_callers and not one.field_of_outgoing if is_channel else one.for_outgoing
        for item in () if always else server.components[LIVE].of_kind(one.kind):
            is_both = one.for_callers and one.for_outgoing and not item.fields.get(one.field_of_outgoing)
            if item.id == fields.security_id and not is_both:
                other = "outgoing connections" if is_channel else "channels"
                raise InputError("security_id", f"names `{item.name}`, which is for {other}")


def _methods(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]


HTTP_SOAP = ObjectType(
    name="http-soap",
    title="Channel or connection",
    single="a channel or an outgoing connection",
    plural="HTTP channels and connections",
    fields=(
        Field(OneOf("connection", "channel", "outgoing"), required=True, filters=True),
        Field(OneOf("transport", "plain_http", "soap"), required=True, filters=True),
        Field(Bool("is_active", default=True)),
        Field(Text("url_path", default=""), searched=True, about="Such as /orders/{id}"),
        Field(Text("method", default=""), about="Such as GET, or GET, POST; empty: any"),
        Field(ServiceName(default=""), searched=True, about="Of a channel"),
        Field(Reference("security_id", declared=True), refers_to=SECURITY_KINDS),
        Field(Bool("has_rbac", default=False)),
        Field(OneOf("data_format", "json", "xml", "form", "raw")),
        Field(Bool("envelope", default=False), about="It takes and answers what the admin API does"),
        Field(Text("content_type", default="")),
        Field(Text("soap_action", default="")),
        Field(OneOf("soap_version", "1.1", "1.2")),
        Field(Text("host", default=""), searched=True, about="Of an outgoing connection; such as https://example.com"),
        Field(OneOf("ping_method", "HEAD", "GET", "OPTIONS")),
        Field(Between("pool_size", 1, 500, default=20)),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Bool("validate_tls", default=True)),
        Field(Reference("sec_tls_ca_cert_id"), refers_to=(AUTHORITY,)),
        Field(Reference("sec_tls_key_cert_id"), refers_to=(PAIR,)),
        *AUDIT_FIELDS,
    ),
    space=lambda fields: f"http-soap.{fields['connection']}.{fields['transport']}",
    validate=_validate,
    declared=lambda server: declared(server.components[CHANNELS].fixed),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(HTTP_SOAP, __name__)


class Ping(Service):
    """Calls the host of an outgoing connection with its ping method; whatever it answers is good."""

    name = "zato.http-soap.ping"

    class SimpleIO:
        """The connection's ID in; what happened out."""

        input_required = (Int("id"),)
        output_required = (Int("id"), Bool("is_success"), Int("status_code"), "info")

    def handle(self) -> None:
        """Refuses channels."""
        number = self.request.input.id
        item = find(self.server, HTTP_SOAP, number)
        if item.fields["connection"] != "outgoing":
            raise BadRequest(f"`{item.name}` is a channel; only outgoing connections can be pinged")
        connections = getattr(self.server.components[OUTGOING], item.fields["transport"])
        if item.name not in connections:
            raise NotFound(f"`{item.name}` is not active")
        started = perf_counter()
        response = connections[item.name].ping(self.cid)
        took = (perf_counter() - started) * 1000
        self.response.payload = {
            "id": number,
            "is_success": True,
            "status_code": response.status_code,
            "info": f"{response.request.method} {response.url} answered {response.status_code} in {took:.0f} ms",
        }
