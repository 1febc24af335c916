"""The ``address`` of WebSocket channels, which clients send and look for in the place of host, port and path."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from apitest_server.cluster.bus import BUS
from apitest_server.errors import InputError
from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.services import ObjectService
from apitest_server.service.elements import Text

ADDRESS = "address"


class Addressed(ObjectService):
    """A service of WebSocket channels that takes an address, or returns it; such as ws://127.0.0.1:33133/orders."""

    def __init_subclass__(cls) -> None:
        """Declares it."""
        super().__init_subclass__()
        if "object_type" in vars(cls):
            declared = declaration(cls.object_type, cls.verb)
            if cls.verb.startswith("get-"):
                declared.output_optional += (Text(ADDRESS),)
            elif cls.verb != "delete":
                declared.input_optional += (Text(ADDRESS),)
            cls.SimpleIO = declared

    @property
    def given(self) -> Mapping[str, Any]:
        """The input, with the parts of the address as fields; its port is 0 where it is that of the server."""
        fields = dict(super().given)
        address = fields.pop(ADDRESS, "")
        if not address or (self.verb == "edit" and address == joined(self.objects.row(fields["id"]), self._own)):
            return fields  # Who sends a list's row again may have changed one of the parts
        parts, own = split(address), self._own
        if urlsplit(address).scheme != _scheme(own):
            raise InputError(ADDRESS, f"must begin with {_scheme(own)}://, as the server's own has it: `{address}`")
        return {**fields, **parts, **({"port": 0, "host": ""} if parts["port"] == own.port else {})}

    @property
    def _own(self) -> SplitResult:
        """Where the server listens."""
        return urlsplit(self.server.components[BUS].address)

    def handle(self) -> None:
        """What the service does otherwise."""
        super().handle()
        if self.verb.startswith("get-"):
            payload = self.response.payload
            for row in payload if isinstance(payload, list) else [payload]:
                row[ADDRESS] = joined(row, self._own)


def split(address: str) -> dict[str, Any]:
    """The fields of an address.

    Raises:
        InputError: it is not one.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("ws", "wss") or not parts.hostname or not port or parts.query or parts.fragment:
        raise InputError(ADDRESS, f"must be like ws://127.0.0.1:33133/orders: `{address}`")
    return {"host": parts.hostname, "port": port, "url_path": parts.path or "/"}


def joined(row: Mapping[str, Any], own: SplitResult) -> str:
    """The address of a channel, given where the server listens, which it does as well unless it says otherwise."""
    name = row["host"] or own.hostname or "127.0.0.1"
    place = f"[{name}]" if ":" in name else name
    return f"{_scheme(own)}://{place}:{row['port'] or own.port or 0}{row['url_path']}"


def _scheme(own: SplitResult) -> str:
    return "wss" if own.scheme == "https" else "ws"
