"""What the hook of an outgoing connection has finished with, also before the connection was lost, or was edited."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

REMEMBERED = 10_000  # messages that a service has finished with


class Finished:
    """The messages of one outgoing connection, whichever of its WebSockets they came over.

    Attributes:
        turn: of who gives a delivery to the hook: one that comes again meanwhile waits for what becomes of the first.
    """

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._keys: OrderedDict[str, None] = OrderedDict()

    def add(self, keys: Sequence[str]) -> None:
        """The hook has finished with messages."""
        self._keys.update(dict.fromkeys(keys))
        while len(self._keys) > REMEMBERED:
            self._keys.popitem(last=False)

    def without(self, messages: object) -> object:
        """Those that it is not finished with; those without an ID always are some of these."""
        if not isinstance(messages, list):
            return messages
        return [message for message in messages if not _key(message) or _key(message) not in self._keys]


def keys_of(messages: object) -> tuple[str, ...]:
    """The IDs of delivered messages; a message without one is told by what it is."""
    return tuple(_key(message) for message in messages) if isinstance(messages, list) else ()


def _key(message: object) -> str:
    if isinstance(message, dict) and isinstance(message.get("msg_id"), str):
        return f"{message.get('sub_key', '')} {message['msg_id']}"
    return ""
