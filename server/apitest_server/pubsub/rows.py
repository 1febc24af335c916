"""Messages and subscriptions as rows of the ODB, and back."""

from msgspec.structs import astuple
from sqlalchemy import RowMapping

from apitest_server.pubsub.message import Message
from apitest_server.pubsub.subscriptions import Subscription

_OWN = Message.__struct_fields__.index("number")  # From here on a message's fields have no column of the same name
_COLUMNS = Message.__struct_fields__[:_OWN]
COLUMNS = ("is_kept", *_COLUMNS)
_SUBSCRIPTION = tuple(Subscription.__dataclass_fields__)


def row(message: Message, is_kept: bool) -> tuple[object, ...]:
    """A message as it is stored, in the order of ``COLUMNS``.

    Args:
        message: with guaranteed delivery.
        is_kept: whether it waits for the first subscriber of its topic.
    """
    return is_kept, *astuple(message)[:_OWN]


def message(stored: RowMapping, sub_key: str = "", delivery_count: int = 0) -> Message:
    """A message that was stored, for one subscriber."""
    fields = {name: stored[name] for name in _COLUMNS}
    return Message(number=stored["id"], has_gd=True, sub_key=sub_key, delivery_count=delivery_count, **fields)


def subscription(stored: RowMapping) -> Subscription:
    """A subscription that was stored."""
    return Subscription(**{name: stored[name] for name in _SUBSCRIPTION})
