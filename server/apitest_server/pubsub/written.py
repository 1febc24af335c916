"""PURE  Messages of publish/subscribe as JSON, the way clients of WebSocket channels are given them."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from apitest_server.pubsub.message import Message

SMALL = 4096  # bytes of data; what all subscribers are given of a larger message is not kept
_encode = msgspec.json.Encoder().encode


def written(messages: Sequence[Message], wrap_one: bool) -> str:
    """A list of messages; one message by itself, unless it has to be in a list as well."""
    texts = [_text(message) for message in messages]
    return f"[{','.join(texts)}]" if wrap_one or len(texts) != 1 else texts[0]


def _text(message: Message) -> str:
    shared = replace(message, sub_key="", delivery_count=0)
    before, after = (_kept if len(message.content) <= SMALL else _parts)(shared)
    return f'{{"delivery_count":{message.delivery_count:d},{before},"sub_key":"{message.sub_key}",{after}'


def _parts(message: Message) -> tuple[str, str]:
    """What is the same for all subscribers: what stands between the delivery count and ``sub_key``, and the rest."""
    fields = message.external(msgspec.Raw(message.content))
    names = list(fields)
    at = names.index("sub_key")
    before = _encode({name: fields[name] for name in names[:at] if name != "delivery_count"})
    after = _encode({name: fields[name] for name in names[at + 1 :]})
    return before.decode("utf-8")[1:-1], after.decode("utf-8")[1:]


_kept = lru_cache(maxsize=512)(_parts)
