"""Outgoing connections by the names that clients of Zato have for them; ``type_`` says of which kind they are.

They are the services of the kind, such as ``zato.outgoing.wsx.create``, which take what such clients send as well:
hooks by the IDs of their services, the security definition by its name.
"""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from apitest_server.errors import InputError
from apitest_server.internal import outgoing_wsx
from apitest_server.internal.crud import OneOf
from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.object_type import KEPT
from apitest_server.internal.crud.services import ObjectService
from apitest_server.internal.outgoing_wsx import HOOKS, WSX
from apitest_server.internal.service._found import found
from apitest_server.security.objects import SECURITY, SecurityObjects
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Int, Text

_TYPE = OneOf("type_", "outconn-wsx")
_NO_SECURITY = ("", "ZATO_NONE")
_RECONNECTS = "has_auto_reconnect"
_SECURITY = "security_name"
_HOOK_IDS = {hook.replace("_name", "_id"): hook for hook in HOOKS}


class _Connection(ObjectService):
    """A service of the kind under another name."""

    def __init_subclass__(cls) -> None:
        """Takes what only clients of these names send."""
        super().__init_subclass__()
        declared = declaration(WSX, cls.verb)
        declared.input_optional = (_TYPE, *declared.input_optional)
        if cls.verb in ("create", "edit"):
            hooks = tuple(Int(name) for name in _HOOK_IDS)
            declared.input_optional += (Text(_SECURITY), Bool(_RECONNECTS), *hooks)
        if cls.verb == "get-list":
            declared.output_optional += (_TYPE, Bool(_RECONNECTS), Text(_SECURITY))
        cls.SimpleIO = SimpleNamespace(**vars(declared))

    @property
    def given(self) -> Mapping[str, Any]:
        """The input, as the kind has it."""
        return dict(_own(self.server, super().given))


def _own(server: Server, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    later = {}
    for name, value in given.items():
        if name not in (*_HOOK_IDS, _SECURITY, _RECONNECTS, _TYPE.name):
            yield name, value
        elif value is not KEPT and value is not None:
            later[name] = value
    if not later.get(_RECONNECTS, True):
        raise InputError(_RECONNECTS, "must be true: what is lost is always connected to again")
    if _SECURITY in later:
        yield "security_id", _security_id(server.components[SECURITY], later[_SECURITY])
    for name in _HOOK_IDS.keys() & later.keys():
        yield _HOOK_IDS[name], found(server, {"id": later[name]}).name if later[name] else ""


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


class Create(_Connection, outgoing_wsx.Create):
    """Creates an outgoing connection; it connects at once."""

    name = "zato.generic.connection.create"


class Edit(_Connection, outgoing_wsx.Edit):
    """Changes the given fields of an outgoing connection, at once; the others keep their values."""

    name = "zato.generic.connection.edit"


class Delete(_Connection, outgoing_wsx.Delete):
    """Deletes an outgoing connection; it is closed at once."""

    name = "zato.generic.connection.delete"


class GetList(_Connection, outgoing_wsx.GetList):
    """Lists outgoing connections by name; by page and search words."""

    name = "zato.generic.connection.get-list"

    def handle(self) -> None:
        """The rows of the kind, with what only these names have."""
        super().handle()
        names, own = _names(self.server.components[SECURITY]), {_TYPE.name: _TYPE.default, _RECONNECTS: True}
        rows = self.response.payload
        self.response.payload = [{**row, **own, _SECURITY: names.get(row["security_id"], "")} for row in rows]


class ChangePassword(_Connection, outgoing_wsx.ChangePassword):
    """Changes the secret of an outgoing connection, and connects anew, at once."""

    name = "zato.generic.connection.change-password"


class Ping(outgoing_wsx.Ping):
    """Asks the remote end of an outgoing connection whether it is there."""

    name = "zato.generic.connection.ping"
