"""PURE  Where a ZeroMQ socket is bound or connects to, and what it takes from there."""

import re
from dataclasses import dataclass

from apitest_server.odb import StoredObject

_TCP = re.compile(r"tcp://(?P<host>\*|\[[0-9A-Fa-f:.%\w]+\]|[\w.-]+):(?P<port>\d{1,5})")
_IPC = re.compile(r"ipc://\S{1,100}")
_NUMERIC = re.compile(r"\*|\[.*\]|[\d.]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A socket, described.

    Attributes:
        socket_type: ``PULL``, ``SUB``, ``PUSH`` or ``PUB``.
        address: such as ``tcp://127.0.0.1:5555``.
        is_bound: whether peers connect to it; else it connects to a peer.
        sub_key: what messages begin with that a ``SUB`` socket wants.
    """

    socket_type: str
    address: str
    is_bound: bool
    sub_key: str = ""


def place_of(item: StoredObject) -> Place:
    """What the definition of a channel or of an outgoing connection says."""
    fields = item.fields
    is_bound = fields.get("socket_method", "connect") == "bind"
    return Place(fields["socket_type"], fields["address"], is_bound, fields.get("sub_key", ""))


def problem_of(address: str, is_bound: bool) -> str:
    """What is wrong with an address; empty if nothing is."""
    if _IPC.fullmatch(address):
        return ""
    found = _TCP.fullmatch(address)
    if found is None or not 1 <= int(found["port"]) <= 65535:
        return f"must be like tcp://127.0.0.1:5555 or ipc:///tmp/a-path, with a port from 1 to 65535: `{address}`"
    if is_bound and not _NUMERIC.fullmatch(found["host"]):
        return f"must have the IP address of an interface of this machine, or `*`, to be bound: `{address}`"
    if not is_bound and found["host"] == "*":
        return f"must say which host to connect to: `{address}`"
    return ""
