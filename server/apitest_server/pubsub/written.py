"""PURE  Messages of publish/subscribe as JSON, the way clients of WebSocket channels are given them."""

from collections.abc import Sequence

import msgspec

from apitest_server.pubsub.message import Message

SMALL = 4096  # bytes of data; what all subscribers are given of a larger message is not kept
_MOST = 512  # messages whose parts are kept
_made: dict[tuple[object, ...], tuple[str, str]] = {}
_encode = msgspec.json.Encoder().encode


def written(messages: Sequence[Message], wrap_one: bool) -> str:
    """A list of messages; one message by itself, unless it has to be in a list as well."""
    texts = [_text(message) for message in messages]
    return f"[{','.join(texts)}]" if wrap_one or len(texts) != 1 else texts[0]


def _text(message: Message) -> str:
    before, after = _kept(message) if len(message.content) <= SMALL else _parts(message)
    return f'{{"delivery_count":{message.delivery_count:d},{before},"sub_key":"{message.sub_key}",{after}'


def _kept(message: Message) -> tuple[str, str]:
    """The parts of a message, made once for all of its subscribers, and again once it was changed."""
    changes = message.content, message.priority, message.expires_at, message.mime_type
    key = message.msg_id, *changes
    parts = _made.get(key)
    if parts is None:
        if len(_made) >= _MOST:
            del _made[next(iter(_made))]
        parts = _made[key] = _parts(message)
    return parts


def _parts(message: Message) -> tuple[str, str]:
    """What is the same for all subscribers: what stands between the delivery count and ``sub_key``, and the rest."""
    fields = message.external(msgspec.Raw(message.content))
    names = list(fields)
    at = names.index("sub_key")
    before = _encode({name: fields[name] for name in names[:at] if name != "delivery_count"})
    after = _encode({name: fields[name] for name in names[at + 1 :]})
    return before.decode("utf-8")[1:-1], after.decode("utf-8")[1:]
