"""Outgoing WSX connections as ``zato.generic.connection.*``: hooks by the IDs of services, security by its name."""

from collections.abc import Iterator

from apitest_server.errors import InputError
from apitest_server.internal.crud import Generic
from apitest_server.internal.service._found import found
from apitest_server.security.objects import SECURITY, SecurityObjects
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Int, Text

HOOKS = ("on_connect_service_name", "on_message_service_name", "on_close_service_name")
_HOOK_IDS = {hook.replace("_name", "_id"): hook for hook in HOOKS}
_NO_SECURITY = ("", "ZATO_NONE")
_RECONNECTS = "has_auto_reconnect"
_SECURITY = "security_name"


def _own(server: Server, given: Attrs) -> dict[str, object]:
    return dict(_fields(server, given))


def _fields(server: Server, given: Attrs) -> Iterator[tuple[str, object]]:
    if not given.get(_RECONNECTS, True):
        raise InputError(_RECONNECTS, "must be true: what is lost is always connected to again")
    if _SECURITY in given:
        yield "security_id", _security_id(server.components[SECURITY], given[_SECURITY])
    for name in _HOOK_IDS.keys() & given.keys():
        yield _HOOK_IDS[name], found(server, {"id": given[name]}).name if given[name] else ""


def _shown(server: Server, row: Attrs) -> dict[str, object]:
    names = _names(server.components[SECURITY])
    return {_RECONNECTS: True, _SECURITY: names.get(row["security_id"], "")}


def _security_id(security: SecurityObjects, name: str) -> int:
    ids = {found: number for number, found in _names(security).items()}
    if name in _NO_SECURITY:
        return 0
    if name not in ids:
        raise InputError(_SECURITY, f"is not the name of an active security definition: `{name}`")
    return ids[name]


def _names(security: SecurityObjects) -> dict[int, str]:
    declared = {int(row["id"]): str(row["name"]) for row in security.declared()}
    return declared | {number: item.name for number, item in security.items.items()}


GENERIC = Generic(takes=(Text(_SECURITY), Bool(_RECONNECTS), *map(Int, _HOOK_IDS)), own=_own, shows=_shown)
