"""Messages and subscriptions as rows of the ODB, and back."""

from sqlalchemy import RowMapping

from apitest_server.pubsub.message import Message
from apitest_server.pubsub.subscriptions import Subscription

_ELSEWHERE = {"number", "has_gd", "sub_key", "delivery_count"}  # What no column of a message has by its name
_COLUMNS = tuple(name for name in Message.__struct_fields__ if name not in _ELSEWHERE)
_SUBSCRIPTION = tuple(Subscription.__dataclass_fields__)


def row(message: Message, is_kept: bool) -> dict[str, object]:
    """A message as it is stored.

    Args:
        message: with guaranteed delivery.
        is_kept: whether it waits for the first subscriber of its topic.
    """
    return {name: getattr(message, name) for name in _COLUMNS} | {"is_kept": is_kept}


def message(stored: RowMapping, sub_key: str = "", delivery_count: int = 0) -> Message:
    """A message that was stored, for one subscriber."""
    fields = {name: stored[name] for name in _COLUMNS}
    return Message(number=stored["id"], has_gd=True, sub_key=sub_key, delivery_count=delivery_count, **fields)


def subscription(stored: RowMapping) -> Subscription:
    """A subscription that was stored."""
    return Subscription(**{name: stored[name] for name in _SUBSCRIPTION})
