"""A kind of objects for the tests of the mechanism, described as any other."""

from collections.abc import Iterator
from typing import Any

from apitest_server.errors import BadRequest
from apitest_server.internal.crud import Between, Field, Kind, OneOf, Reference, provide
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import CSV, Bool, DateTime, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.host == "refused":
        raise BadRequest(f"Thing {number} is refused")
    fields.host = fields.host.rstrip("/")


def _declared(server: Server) -> Iterator[dict[str, Any]]:
    yield {"id": -2, "name": "Zeta of server.conf", "host": "conf"}
    yield {"id": -1, "name": "alpha of server.conf", "host": "conf", "is_active": False}


THING = Kind(
    name="test.thing",
    title="Thing",
    fields=(
        Field(Bool("is_active", default=True), filters=True),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=21)),
        Field(OneOf("mode", "passive", "active")),
        Field(Text("code", default="")),
        Field(CSV("tags", default=())),
        Field(DateTime("since")),
        Field(Reference("other_id"), refers_to=("test.thing",)),
        Field(Text("password"), stored="encrypted"),
    ),
    validate=_validate,
    declared=_declared,
)
provide(THING, globals())

USER = Kind(
    name="test.user",
    title="User",
    fields=(
        Field(Text("login"), required=True, unique=True),
        Field(Bool("readable", default=False)),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="people",
    readable="readable",
)
provide(USER, globals())

PLAIN = Kind(name="test.plain", title="Plain thing", fields=(), space="people", verbs=("create", "delete"))
provide(PLAIN, globals())
