"""PURE  Which objects have an audit log, and how much of it is kept."""

from typing import NamedTuple

from apitest_server.odb import StoredObject

DIRECTIONS = ("received", "sent")
_CALLED = {  # Kinds of channels -> as calls name them
    "http-soap": "rest",
    "channel.web-socket": "web-socket",
    "channel.amqp": "amqp",
    "channel.kafka": "kafka",
    "channel.zmq": "zmq",
    "channel.file-transfer": "file-transfer",
}
Called = tuple[str, str, str]  # The type of a channel, its name, and the service that it calls


class Limits(NamedTuple):
    """What is kept of one direction.

    Attributes:
        messages: so many, the latest ones.
        size: bytes of the data of each.
    """

    messages: int
    size: int


class Rules:
    """Those of all objects; replaced as a whole when they change, so that they are read without a lock."""

    def __init__(self) -> None:
        self._limits: dict[int, dict[str, Limits]] = {}
        self._called: dict[Called, int] = {}

    def put(self, item: StoredObject) -> None:
        """An object is new or changed."""
        limits = {
            direction: Limits(
                item.fields.get(f"max_len_messages_{direction}", 50),
                item.fields.get(f"max_bytes_per_message_{direction}", 5000),
            )
            for direction in DIRECTIONS
            if item.fields.get(f"is_audit_log_{direction}_active")
        }
        if not limits and item.id not in self._limits:
            return
        self.remove(item)
        if limits:
            self._limits = {**self._limits, item.id: limits}
            if item.kind in _CALLED and item.fields.get("connection", "channel") == "channel":
                called = {(_CALLED[item.kind], item.name, service): item.id for service in _services(item)}
                self._called = {**self._called, **called}

    def remove(self, item: StoredObject) -> None:
        """An object is gone."""
        self._limits = {number: limits for number, limits in self._limits.items() if number != item.id}
        self._called = {called: number for called, number in self._called.items() if number != item.id}

    def of(self, number: int, direction: str) -> Limits | None:
        """What is kept of an object; ``None`` for nothing."""
        return self._limits.get(number, {}).get(direction)

    def channel(self, called: Called) -> int:
        """The ID of the channel that calls a service; 0 if nothing is kept of it."""
        return self._called.get(called, 0)


def _services(item: StoredObject) -> list[str]:
    """Those that a channel calls: one, or what stands in the lines of a list."""
    lines = item.fields.get("service_list", item.fields.get("service", ""))
    return [line.strip() for line in str(lines).splitlines()]
