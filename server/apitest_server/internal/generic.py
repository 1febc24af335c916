"""Connections by the names that clients of Zato have for their services; ``type_`` says of which kind they are.

They are the services of the kind, such as ``zato.outgoing.wsx.create``. Which kinds there are is nowhere listed: each
says in its description that it is one of them, and what such clients send and expect that its own services do not.
"""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

from apitest_server.deploy.store import STORE
from apitest_server.errors import BadRequest, InputError, NoSuchService, NotFound, ServiceDisabled
from apitest_server.internal.crud import Generic, ObjectType
from apitest_server.internal.crud.kinds import object_types, type_of
from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.odb.rows import Objects
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Int
from apitest_server.service.messages import Channel, Request
from apitest_server.service.simpleio import SimpleIO

_FAMILIES = {"outconn": "outgoing", "channel": "channel", "def": "definition", "cloud": "cloud"}
_WORDS = {family: word for word, family in _FAMILIES.items()}


class _Connection(Service):
    """Calls the service of the kind that is meant.

    Attributes:
        verb: what the service does, as in its name.
    """

    verb: str

    class SimpleIO:
        """The kind; next to it its fields, and those that only these clients send."""

        input_required = ("type_",)
        input_optional = ("name", Int("cluster_id"))

    async def handle(self) -> None:
        """Answers what the service of the kind does."""
        await self.called(await asyncio.to_thread(self.meant))

    def meant(self) -> ObjectType:
        """The type of objects that ``type_`` names."""
        return _of_type(self.server, self.request.input.type_)

    async def called(self, object_type: ObjectType) -> None:
        """Calls the service; the fields that only these clients send are made its own."""
        service, user = f"zato.{object_type.name}.{self.verb}", self.channel.user
        request = Request(_own(self.server, object_type, self.request.fields))
        response = await self.server.components[INVOKER].run(service, request, Channel(user=user), self.cid)
        self.response.payload, self.response.meta = response.payload, response.meta


class _OfOne(_Connection):
    """Is about one connection; its ID tells of which kind it is, where ``type_`` does not."""

    class SimpleIO:
        """By ID, or by kind and name."""

        input_optional = ("type_", Int("id"), "name", Int("cluster_id"))

    def meant(self) -> ObjectType:
        """The type of objects that ``type_`` names, else that of the object with the ID."""
        given = self.request.input
        if given.type_:
            return super().meant()
        if given.id is None:
            raise BadRequest("One of the input fields `id` and `type_` is required")
        odb = self.server.components[DATABASE]
        with odb.reading() as session:
            kind = Objects(session, odb.key.open).kind(given.id)
        found = _of_kind(self.server, kind)
        if found is None:
            raise NotFound(f"There is no connection with ID {given.id}")
        return found


def _of_type(server: Server, type_: str) -> ObjectType:
    """The type of objects of a ``type_``: that of the kind ``outgoing.wsx`` for ``outconn-wsx``.

    Raises:
        InputError: there is none.
        ServiceDisabled: its module is disabled.
    """
    word, _, technology = type_.partition("-")
    found = _of_kind(server, f"{_FAMILIES.get(word, word)}.{technology}")
    if found is None:
        store = server.components[STORE]
        known = store.derived(__name__, lambda: sorted(_type(one) for one in object_types(store) if one.generic))
        raise InputError("type_", f"must be one of {', '.join(known)}")
    return found


def _of_kind(server: Server, kind: str) -> ObjectType | None:
    """The type of objects of a kind; ``None`` where there is none, or none that these services are for."""
    try:
        found = type_of(server.components[STORE], kind)
    except ServiceDisabled:
        raise
    except NoSuchService:
        return None
    return found if found is not None and found.generic else None


def _type(object_type: ObjectType) -> str:
    family, _, technology = object_type.name.partition(".")
    return f"{_WORDS[family]}-{technology}"


def _own(server: Server, object_type: ObjectType, sent: Mapping[str, object]) -> dict[str, object]:
    """The fields of a kind, out of those that a client has sent."""
    generic = object_type.generic or Generic()
    only = SimpleIO(SimpleNamespace(input_optional=generic.takes))
    parsed = cast("Attrs", only.parse(sent))
    given = Attrs({name: value for name, value in parsed.items() if sent.get(name) is not None})
    return {**{name: value for name, value in sent.items() if name not in parsed}, **generic.own(server, given)}


class Create(_Connection):
    """Creates a connection; it takes effect at once."""

    name = "zato.generic.connection.create"
    verb = "create"


class Edit(_OfOne):
    """Changes the given fields of a connection, at once; the others keep their values."""

    name = "zato.generic.connection.edit"
    verb = "edit"


class Delete(_OfOne):
    """Deletes a connection; it is closed at once."""

    name = "zato.generic.connection.delete"
    verb = "delete"


class GetList(_Connection):
    """Lists the connections of a kind by name; by page and search words."""

    name = "zato.generic.connection.get-list"
    verb = "get-list"

    async def called(self, object_type: ObjectType) -> None:
        """The rows of the kind, with what only these clients look for."""
        await super().called(object_type)
        shows, type_ = (object_type.generic or Generic()).shows, _type(object_type)
        rows = self.response.payload
        self.response.payload = [{**row, "type_": type_, **shows(self.server, Attrs(row))} for row in rows]


class ChangePassword(_OfOne):
    """Changes the secret of a connection, at once."""

    name = "zato.generic.connection.change-password"
    verb = "change-password"


class Ping(_OfOne):
    """Asks the remote end of a connection whether it is there."""

    name = "zato.generic.connection.ping"
    verb = "ping"
