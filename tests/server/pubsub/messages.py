"""Messages for tests of what is done with them."""

from typing import Any

from apitest_server.pubsub.message import Message

_FIELDS: dict[str, Any] = {
    "number": 1,
    "topic_id": 1,
    "topic_name": "/a",
    "content": b'"x"',
    "size": 1,
    "priority": 5,
    "expiration": 1000,
    "expires_at": 100.0,
    "has_gd": False,
    "mime_type": "text/plain",
    "pub_time": 10.0,
    "recv_time": 10.0,
}


def message(msg_id: str = "zpsm1", **fields: Any) -> Message:
    """A message of a topic with ID 1, that expires at 100."""
    return Message(msg_id=msg_id, **{**_FIELDS, **fields})
