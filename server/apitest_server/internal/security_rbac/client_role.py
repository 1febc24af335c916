"""Roles of clients: who proves to be somebody by a security definition may do what its roles may do."""

from collections.abc import Iterator

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal._named_along import client_def
from apitest_server.internal.crud import Field, ObjectType, Reference
from apitest_server.odb import DATABASE
from apitest_server.odb.live import LIVE
from apitest_server.odb.rows import Objects, Query
from apitest_server.security.objects import SECURITY
from apitest_server.security.rbac_objects import CLIENT as KIND
from apitest_server.security.rbac_objects import ROLE
from apitest_server.security.types import BY_NAME, TYPES
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Int, Text

_TYPES = tuple(one for one in TYPES if one.for_callers)


def _clients(server: Server) -> Iterator[tuple[int, str, str]]:
    """ID, ``client_def`` and name of all definitions, those of server.conf in front."""
    for row in server.components[SECURITY].declared():
        yield row["id"], client_def(BY_NAME[row["type"]].sec_type, row["name"]), row["name"]
    for one in _TYPES:
        for item in server.components[LIVE].of_kind(one.kind):
            if item.fields.get(one.field_of_outgoing):
                continue
            yield item.id, client_def(one.sec_type, item.name), item.name


def _meet(server: Server) -> None:
    """The definitions that another server has made a moment ago are in effect here."""
    odb, live = server.components[DATABASE], server.components[LIVE]
    with odb.reading() as session:
        found = Objects(session, odb.key.open).page(Query([one.kind for one in _TYPES]))[0]
    for item in found:
        if not live.knows(item):
            live.catch_up(item)


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.client_def not in (told for _, told, _ in _clients(server)):
        _meet(server)
    known = {told: found for found, told, _ in _clients(server)}
    if fields.client_def not in known and number:  # It may have another name by now
        fields.client_def = {found: now for now, found in known.items()}.get(fields.security_id, fields.client_def)
    if fields.client_def not in known:
        details = "must name a security definition, such as sec_def:::basic_auth:::My definition"
        raise InputError("client_def", details)
    roles = {item.id: item.name for item in server.components[LIVE].of_kind(ROLE)}
    if fields.role_id not in roles:
        raise InputError("role_id", f"is not the ID of a role that a client may have: {fields.role_id}")
    fields.security_id, fields.role_name = known[fields.client_def], roles[fields.role_id]


CLIENT_ROLE = ObjectType(
    name="security.rbac.client-role",
    title="Role of client",
    single="a role of a client",
    plural="Roles of clients",
    fields=(
        Field(
            Text("client_def"),
            required=True,
            searched=True,
            filters=True,
            about="Such as sec_def:::basic_auth:::My definition",
        ),
        Field(Reference("role_id"), required=True, refers_to=(ROLE,), filters=True),
        Field(Text("role_name", default=""), is_given=False),
        Field(Reference("security_id", declared=True), refers_to=tuple(one.kind for one in _TYPES), is_given=False),
    ),
    space=lambda fields: f"{KIND} {fields['security_id']} {fields['role_id']}",
    validate=_validate,
    named=lambda fields: f"{fields['client_def']}:::{fields['role_name']}"[:200],
)


class GetClientDefList(Service):
    """The security definitions, as ``client_def`` names them."""

    name = "zato.security.rbac.client-role.get-client-def-list"

    class SimpleIO:
        """A row a definition."""

        input_optional = (Int("cluster_id"),)
        output_required = ("client_def", "client_name")

    def handle(self) -> None:
        """Those of server.conf in front, then by type."""
        rows = _clients(self.server)
        self.response.payload = [{"client_def": told, "client_name": name} for _, told, name in rows]


Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(CLIENT_ROLE, __name__)
