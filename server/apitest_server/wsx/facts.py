"""What is known of a connected client, as it is kept and listed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apitest_server.wsx.channels import Connected

COUNTED = ("bytes_in", "bytes_out", "messages_in", "messages_out")


def facts(client: "Connected") -> dict[str, object]:
    """Everything but the server, named as the columns of the ODB."""
    socket = client.socket
    return {
        "id": client.id,
        "channel_id": client.channel.number,
        "channel_name": client.channel.settings.name,
        "client_id": storable(client.client_id, 1000),
        "client_name": storable(client.client_name, 1000),
        "user": storable(client.user, 500),
        "peer_address": client.address,
        "peer_fqdn": storable(client.fqdn, 300),
        "local_address": client.local,
        "connected": client.connected.replace(tzinfo=None),
        **moving(client),
        **{name: getattr(socket, name) for name in COUNTED},
    }


def moving(client: "Connected") -> dict[str, object]:
    """What changes all the time, as it is now."""
    idle = timedelta(seconds=max(0.0, client.idle_for))
    return {
        "active": (datetime.now(UTC) - idle).replace(tzinfo=None),
        "unsent": client.socket.unsent,
        **{name: getattr(client.socket, name) for name in COUNTED},
    }


def shown(row: Mapping[str, Any]) -> dict[str, object]:
    """A connection as services return it: what stays, and what changes all the time.

    Args:
        row: as in the ODB, with ``server``, the server's name, and ``pid``, that of its process.
    """
    return {
        **standing(row),
        "last_activity": row["active"].replace(tzinfo=UTC),
        "unsent_bytes": row["unsent"],
        **{name: row[name] for name in COUNTED},
    }


def standing(row: Mapping[str, Any]) -> dict[str, object]:
    """What stays of a connection, as services return it.

    Args:
        row: as in the ODB, with ``server``, the server's name, and ``pid``, that of its process.
    """
    return {
        "pub_client_id": row["id"],
        "ext_client_id": row["client_id"],
        "ext_client_name": row["client_name"],
        "channel_id": row["channel_id"],
        "channel_name": row["channel_name"],
        "username": row["user"],
        "peer_address": row["peer_address"],
        "peer_fqdn": row["peer_fqdn"],
        "local_address": row["local_address"],
        "server_name": row["server"],
        "server_proc_pid": row["pid"],
        "connection_time": row["connected"].replace(tzinfo=UTC),
    }


def storable(text: str, longest: int) -> str:
    """A text that a client has chosen, as databases take it: without NUL, and not longer than its column."""
    return text.replace("\0", "")[:longest]
