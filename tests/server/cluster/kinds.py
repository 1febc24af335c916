"""Connections of every kind that services find by name, made of what the description of the kind asks for."""

from typing import Any, NamedTuple

from tests.server.cluster.pair import Member

# What is said where a field is required: nobody is there, and nothing has to be
_SAID = {
    "address": "127.0.0.1:1",
    "channel": "DEV.SVRCONN.1",
    "contact_points": "127.0.0.1",
    "database": "shop",
    "db_name": "x.sqlite",
    "engine": "sqlite",
    "host": "127.0.0.1",
    "hosts": "127.0.0.1:1",
    "server_list": "127.0.0.1:1",
    "servers": "127.0.0.1:1",
    "url": "http://127.0.0.1:1",
    "user": "me",
    "username": "me",
    "value": "SELECT key FROM system.local",
}
_OWN = {
    "outgoing.wsx": {"address": "ws://127.0.0.1:1/"},
    "outgoing.zmq": {"address": "tcp://127.0.0.1:1"},
    "search.solr": {"address": "http://127.0.0.1:1/solr/shop"},
}
# Where services find them, if not by the name of the kind
_PLACES = {
    "cache.memcached": "cache.memcached",
    "cloud.aws.s3": "cloud.aws.s3",
    "definition.cassandra": "cassandra_conn",
    "query.cassandra": "cassandra_query",
    "security.vault.connection": "out.vault",
}


class Kind(NamedTuple):
    """A kind of connections.

    Attributes:
        name: the kind.
        place: what services look in, below ``self``.
        fields: those of one that can be created.
    """

    name: str
    place: str
    fields: dict[str, Any]


def found_by_services(member: Member) -> list[Kind]:
    """All kinds of connections of a server; definitions that they refer to are made."""
    names = [row["name"] for row in member.call("zato.kind.get-list")]
    wanted = [(name, _place(name)) for name in names if _place(name)]
    return [Kind(name, place, _fields(member, name)) for name, place in wanted]


def _place(name: str) -> str:
    family, _, technology = name.partition(".")
    places = {"outgoing": "out", "email": "email", "search": "search"}
    return _PLACES.get(name) or (f"{places[family]}.{technology.replace('-', '_')}" if family in places else "")


def _fields(member: Member, kind: str) -> dict[str, Any]:
    needed = [field for field in member.call("zato.kind.get", {"name": kind})["fields"] if field["required"]]
    return {field["name"]: _value(member, kind, field) for field in needed}


def _value(member: Member, kind: str, field: dict[str, Any]) -> Any:
    if not field["refers_to"]:
        return _OWN.get(kind, {}).get(field["name"], _SAID.get(field["name"], "x"))
    [definition] = field["refers_to"]
    fields = _fields(member, definition)
    return member.call(f"zato.{definition}.create", {"name": f"of {kind}", **fields})["id"]
