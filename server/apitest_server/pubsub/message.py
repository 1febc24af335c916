"""PURE  Publications as they come in, messages as they go out, and the keys by which both are known."""

from collections.abc import Mapping
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import msgspec

from apitest_server.errors import BadRequest, InputError

PRIORITY = 5
LONGEST_LIFE = 2_147_483_647_000  # ms
_TEXTS = {"mime_type": 100, "correl_id": 200, "in_reply_to": 200, "ext_client_id": 200}  # The most characters of each


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """What a publisher gives.

    Attributes:
        data: any value that JSON can hold.
        priority: 1 to 9, 9 is the highest.
        expiration: milliseconds after which it is of no use.
        has_gd: whether delivery is guaranteed; ``None`` for what its topic says.
        mime_type: of the data.
        correl_id: the publisher's correlation ID.
        in_reply_to: what it answers.
        ext_client_id: who the publisher says it is.
    """

    data: object
    priority: int = PRIORITY
    expiration: int = LONGEST_LIFE
    has_gd: bool | None = None
    mime_type: str = "text/plain"
    correl_id: str = ""
    in_reply_to: str = ""
    ext_client_id: str = ""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message in a topic or, with ``sub_key``, in the queue of a subscription.

    Times are in seconds since 1970 by the database's clock, which all servers share.

    Attributes:
        msg_id: what it is known by.
        topic_id: the topic.
        topic_name: its name.
        content: the data, as JSON.
        size: characters of the data, if it is a text, else of its JSON.
        priority: 1 to 9.
        expiration: milliseconds.
        expires_at: when that is.
        mime_type: of the data.
        pub_time: when it was published.
        recv_time: when this server, or the one that took it, received it.
        publisher: the name of the endpoint or service.
        correl_id: the publisher's correlation ID.
        in_reply_to: what it answers.
        ext_client_id: who the publisher says it is.
        number: tells which of two messages is older; unique among those that are kept in the same place.
        has_gd: whether delivery is guaranteed.
        sub_key: of the subscription that it waits in; empty for none.
        delivery_count: how often it was sent to that subscriber, this time included.
    """

    msg_id: str
    topic_id: int
    topic_name: str
    content: bytes
    size: int
    priority: int
    expiration: int
    expires_at: float
    mime_type: str
    pub_time: float
    recv_time: float
    publisher: str = ""
    correl_id: str = ""
    in_reply_to: str = ""
    ext_client_id: str = ""
    number: int
    has_gd: bool
    sub_key: str = ""
    delivery_count: int = 0

    @property
    def rank(self) -> int:
        """What comes first is smaller: 0 for the highest priority."""
        return 9 - self.priority

    @property
    def data(self) -> object:
        """The data as it was published."""
        return msgspec.json.decode(self.content)

    def external(self, data: object = None) -> dict[str, object]:
        """What subscribers are given; nothing internal. ``data`` stands in the place of the message's own."""
        told: dict[str, object] = {
            "delivery_count": self.delivery_count,
            "msg_id": self.msg_id,
            "expiration_time_iso": iso(self.expires_at),
            "topic_name": self.topic_name,
            "pub_time_iso": iso(self.pub_time),
            "recv_time_iso": iso(self.recv_time),
            "priority": self.priority,
            "expiration": self.expiration,
            "has_gd": self.has_gd,
            "data": self.data if data is None else data,
            "sub_key": self.sub_key,
            "mime_type": self.mime_type,
            "size": self.size,
        }
        optional = {name: getattr(self, name) for name in ("correl_id", "in_reply_to", "ext_client_id")}
        return told | {name: value for name, value in optional.items() if value}


def publication(fields: Mapping[str, object]) -> Publication:
    """What a publisher gives, checked; fields that are ``None`` or empty texts are taken as not given.

    Raises:
        BadRequest: a field is missing or wrong; says which.
    """
    if fields.get("data") is None:
        raise InputError("data", "is missing")
    given = {name: value for name, value in fields.items() if value is not None and value != ""}
    found: dict[str, Any] = {"data": _data(fields["data"])}
    if "priority" in given:
        found["priority"] = _whole(given, "priority", 9)
    if "expiration" in given:
        found["expiration"] = _whole(given, "expiration", LONGEST_LIFE)
    if "has_gd" in given:
        found["has_gd"] = _flag(given["has_gd"])
    for name, most in _TEXTS.items():
        if name in given:
            found[name] = _text(given, name, most)
    return Publication(**found)


def content_of(data: object) -> tuple[bytes, int]:
    """The data as JSON, and its size.

    Raises:
        BadRequest: JSON cannot hold it.
    """
    try:
        content = msgspec.json.encode(data)
    except (TypeError, ValueError, RecursionError) as error:  # Half a surrogate pair is a ValueError, too
        raise BadRequest(f"Input field `data` cannot be written as JSON: {error}") from None
    return content, len(data) if isinstance(data, str) else len(content.decode("utf-8"))


def new_msg_id() -> str:
    """The ID of a new message."""
    return f"zpsm{token_hex(12)}"


def new_sub_key(endpoint_type: str) -> str:
    """The key of a new subscription of an endpoint of this type."""
    return f"zpsk.{'websockets' if endpoint_type == 'wsx' else endpoint_type}.{token_hex(12)}"


def iso(moment: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, without a zone, as the field has it."""
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def _data(data: object) -> object:
    """Bytes are taken as a text in UTF-8."""
    try:
        return data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        raise InputError("data", "must be UTF-8, if it is bytes") from None


def _whole(given: Mapping[str, object], name: str, most: int) -> int:
    value = given[name]
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:20])
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise InputError(name, f"must be a whole number from 1 to {most}")
    return value


def _flag(value: object) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise InputError("has_gd", "must be true or false")
    return value


def _text(given: Mapping[str, object], name: str, most: int) -> str:
    value = given[name]
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise InputError(name, f"must be a text of {most} characters at most, without control characters")
    return value
