"""WSDL of services: stored, looked up, and served to those who call a SOAP channel with ``?wsdl``."""

from base64 import b64decode, b64encode

from apitest_server.deploy.names import service_id
from apitest_server.deploy.store import STORE
from apitest_server.errors import InputError, NotFound
from apitest_server.internal.crud import Field, ObjectType, together
from apitest_server.internal.service._found import ID_OR_NAME, by_name, found
from apitest_server.odb import DATABASE, StoredObject
from apitest_server.odb.rows import Objects
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Int, Text

_LARGEST = 5 * 1024 * 1024
_ROOTS = ("{http://schemas.xmlsoap.org/wsdl/}definitions", "{http://www.w3.org/ns/wsdl}description")
# Stored under the service's name; it has no services of its own
WSDL = ObjectType(
    name="service.wsdl",
    title="WSDL of service",
    fields=(Field(Text("wsdl"), required=True), Field(Text("wsdl_name", default=""))),
)


class SetWSDL(Service):
    """Stores the WSDL of a service, in the place of the one before; ``wsdl`` is the document in Base64."""

    name = "zato.service.set-wsdl"

    class SimpleIO:
        """The service by ID or by name; ``wsdl_name`` is that of the file."""

        input_required = ("wsdl",)
        input_optional = (*ID_OR_NAME, "wsdl_name")
        output_required = (Int("service_id"), "name")

    def handle(self) -> None:
        """What is not a WSDL is refused."""
        given = self.request.input
        service = found(self.server, given)
        document = _document(given.wsdl)
        stored = _stored(self.server, service.name)
        name = given.wsdl_name or f"{service.name}.wsdl"
        fields = {"name": service.name, "wsdl": b64encode(document).decode("ascii"), "wsdl_name": name}
        with together(self.server) as act:
            if stored:
                act.edit(WSDL, stored.id, fields)
            else:
                act.create(WSDL, fields)
        self.response.payload = {"service_id": service_id(service.name), "name": service.name}


class HasWSDL(Service):
    """Whether a service has a WSDL."""

    name = "zato.service.has-wsdl"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = (Int("service_id"), "name", Bool("has_wsdl"))

    def handle(self) -> None:
        """404 where there is no such service."""
        service = found(self.server, self.request.input)
        has_wsdl = _stored(self.server, service.name) is not None
        self.response.payload = {"service_id": service_id(service.name), "name": service.name, "has_wsdl": has_wsdl}


class GetWSDL(Service):
    """The WSDL of a service, in Base64."""

    name = "zato.service.get-wsdl"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = (Int("service_id"), "name", "wsdl", "wsdl_name")

    def handle(self) -> None:
        """404 where there is none."""
        service = found(self.server, self.request.input)
        fields = _needed(self.server, service.name).fields
        self.response.payload = {"service_id": service_id(service.name), "name": service.name, **fields}


class GetWSDLDocument(Service):
    """The WSDL of a service as it is: what SOAP channels answer to ``?wsdl``."""

    name = "zato.service.get-wsdl-document"

    class SimpleIO:
        """The service's name."""

        input_required = ("name",)

    def handle(self) -> None:
        """404 where there is none."""
        service = by_name(self.server.components[STORE], self.request.input.name)
        self.response.content_type = "text/xml; charset=utf-8"
        self.response.payload = b64decode(_needed(self.server, service.name).fields["wsdl"])


def _document(encoded: str) -> bytes:
    from lxml import etree

    try:
        document = b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        raise InputError("wsdl", "must be a WSDL in Base64") from None
    if len(document) > _LARGEST:
        raise InputError("wsdl", f"must have at most {_LARGEST // 1024**2} MB")
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise InputError("wsdl", f"is not well-formed XML: {error}") from None
    if root.tag not in _ROOTS:
        raise InputError("wsdl", f"is not a WSDL: its root element is `{root.tag}`")
    return document


def _stored(server: Server, service: str) -> StoredObject | None:
    odb = server.components[DATABASE]
    try:
        with odb.reading() as session:
            return Objects(session, odb.key.open).by_name((WSDL.name,), WSDL.title, service)
    except NotFound:
        return None


def _needed(server: Server, service: str) -> StoredObject:
    found = _stored(server, service)
    if found is None:
        raise NotFound(f"Service `{service}` has no WSDL; zato.service.set-wsdl stores one")
    return found
