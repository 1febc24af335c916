"""PURE  The properties of messages, as services write them and as the driver has them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from apitest_server.errors import BadRequest

_SAME = (
    "content_type", "content_encoding", "correlation_id", "reply_to", "message_id", "user_id", "app_id",
    "delivery_mode", "priority", "expiration", "timestamp", "cluster_id",
)  # fmt: skip
# Names of properties as services write them -> as the driver has them
PROPERTIES = {**{name: name for name in _SAME}, "type": "message_type"}
_NUMBERS = {"delivery_mode": (1, 2), "priority": range(256)}


def properties_of(*given: Mapping[str, object]) -> dict[str, object]:
    """Properties by the driver's names; of those that are given more than once the last ones count.

    Raises:
        BadRequest: a property does not exist, or cannot have its value.
    """
    found: dict[str, object] = {}
    for properties in given:
        for name, value in properties.items():
            if name not in PROPERTIES:
                raise BadRequest(f"AMQP has no property `{name}`; there are: {', '.join(sorted(PROPERTIES))}")
            if value not in (None, ""):
                found[PROPERTIES[name]] = _value(name, value)
    return found


def _value(name: str, value: object) -> object:
    if name in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int) or value not in _NUMBERS[name]:
            low, high = _NUMBERS[name][0], _NUMBERS[name][-1]
            raise BadRequest(f"The property `{name}` must be a whole number from {low} to {high}")
        return value
    if name == "timestamp":
        return _moment(value)
    if name == "expiration":  # Milliseconds, which travel as text
        if not str(value).isdecimal():
            raise BadRequest("The property `expiration` must be a whole number of milliseconds")
        return str(value)
    text = str(value)
    if len(text.encode("utf-8")) > 255:
        raise BadRequest(f"The property `{name}` must not be longer than 255 bytes")
    return text


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value if isinstance(value, datetime) else datetime.fromtimestamp(value, UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise BadRequest("The property `timestamp` must be seconds since 1970, or a time") from None
