"""Connections of all servers of the ODB, by page."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

# What a list can be sorted by: the field that services return -> the column
SORTED_BY = {
    "connection_time": "connected",
    "last_activity": "active",
    "pub_client_id": "id",
    "ext_client_id": "client_id",
    "ext_client_name": "client_name",
    "channel_name": "channel_name",
    "peer_address": "peer_address",
    "peer_fqdn": "peer_fqdn",
    "bytes_in": "bytes_in",
    "bytes_out": "bytes_out",
    "messages_in": "messages_in",
    "messages_out": "messages_out",
    "unsent_bytes": "unsent",
}
_SEARCHED = ("client_id", "client_name", "peer_address", "peer_fqdn", "user")


class Wanted(NamedTuple):
    """Which connections to list.

    Attributes:
        channel: the channel's ID; ``None`` for all.
        client_id: the external client ID; ``None`` for all.
        connections: their IDs; ``None`` for all.
        words: each has to be found in the client's ID or name, its address, its FQDN or its user name.
        sorted_by: a key of ``SORTED_BY``.
        is_descending: whether the largest comes first.
        offset: how many to leave out.
        limit: how many at most; ``None`` for all.
    """

    channel: int | None = None
    client_id: str | None = None
    connections: tuple[str, ...] | None = None
    words: tuple[str, ...] = ()
    sorted_by: str = "connection_time"
    is_descending: bool = False
    offset: int = 0
    limit: int | None = None


def page(session: "Session", wanted: Wanted) -> tuple[list[dict[str, Any]], int]:
    """The rows of a page, with ``server`` and ``pid``, and how many there are on all pages."""
    from sqlalchemy import func, select

    from apitest_server.odb.models import ServerRun
    from apitest_server.odb.models import WebSocketConnection as Table

    total = session.scalar(_chosen(select(func.count()).select_from(Table), wanted)) or 0
    column = getattr(Table, SORTED_BY[wanted.sorted_by])
    ordered = _chosen(select(*Table.__table__.columns, ServerRun.server, ServerRun.pid), wanted)
    ordered = ordered.join(ServerRun, ServerRun.id == Table.run_id)
    ordered = ordered.order_by(column.desc() if wanted.is_descending else column, Table.id).offset(wanted.offset)
    rows = session.execute(ordered if wanted.limit is None else ordered.limit(wanted.limit))
    return [dict(row._mapping) for row in rows], total


def runs(session: "Session") -> dict[str, tuple[int, int]]:
    """The run of each server -> how many connections it has, and the newest revision of them."""
    from sqlalchemy import func, select

    from apitest_server.odb.models import WebSocketConnection as Table

    found = select(Table.run_id, func.count(), func.max(Table.revision)).group_by(Table.run_id)
    return {run_id: (count, newest) for run_id, count, newest in session.execute(found)}


def written_since(session: "Session", run_id: str, revision: int) -> list[dict[str, object]]:
    """The rows of a run that are newer than a revision, with ``server`` and ``pid``, the oldest connection first."""
    from sqlalchemy import select

    from apitest_server.odb.models import ServerRun
    from apitest_server.odb.models import WebSocketConnection as Table

    found = select(*Table.__table__.columns, ServerRun.server, ServerRun.pid)
    found = found.join(ServerRun, ServerRun.id == Table.run_id)
    found = found.where(Table.run_id == run_id, Table.revision > revision).order_by(Table.connected, Table.id)
    return [dict(row._mapping) for row in session.execute(found)]


def ids_of(session: "Session", run_id: str) -> set[str]:
    """The IDs of the connections of a run."""
    from sqlalchemy import select

    from apitest_server.odb.models import WebSocketConnection as Table

    return set(session.scalars(select(Table.id).where(Table.run_id == run_id)))


def run_of(session: "Session", connection: str) -> str:
    """The ID of the run of the server that a connection belongs to; empty where there is no such connection."""
    from sqlalchemy import select

    from apitest_server.odb.models import WebSocketConnection as Table

    return session.scalar(select(Table.run_id).where(Table.id == connection)) or ""


def _chosen(select: "Select[Any]", wanted: Wanted) -> "Select[Any]":
    from sqlalchemy import func, or_

    from apitest_server.odb.models import WebSocketConnection as Table
    from apitest_server.odb.rows import searchable

    if wanted.channel is not None:
        select = select.where(Table.channel_id == wanted.channel)
    if wanted.client_id is not None:
        select = select.where(Table.client_id == wanted.client_id)
    if wanted.connections is not None:
        select = select.where(Table.id.in_(wanted.connections))
    for word in wanted.words:
        columns = (func.lower(getattr(Table, name)) for name in _SEARCHED)
        select = select.where(or_(*(column.contains(searchable(word), autoescape=True) for column in columns)))
    return select
