"""Tests of apitest_server.pubsub.message."""

import re

import pytest

from apitest_server.errors import BadRequest
from apitest_server.pubsub.message import (
    LONGEST_LIFE,
    Message,
    Publication,
    content_of,
    iso,
    new_msg_id,
    new_sub_key,
    publication,
)

MESSAGE = Message(
    number=7,
    msg_id="zpsm1",
    topic_id=3,
    topic_name="/a",
    content=b'{"x":1}',
    size=7,
    priority=8,
    expiration=1000,
    expires_at=1.5,
    has_gd=True,
    mime_type="text/plain",
    pub_time=0.5,
    recv_time=0.5,
    publisher="somebody",
    sub_key="zpsk.rest.1",
    delivery_count=2,
)


def test_what_subscribers_are_given() -> None:
    """The keys that clients know, and nothing internal."""
    assert MESSAGE.rank == 1
    assert MESSAGE.external() == {
        "delivery_count": 2,
        "msg_id": "zpsm1",
        "expiration_time_iso": "1970-01-01T00:00:01.500000",
        "topic_name": "/a",
        "pub_time_iso": "1970-01-01T00:00:00.500000",
        "recv_time_iso": "1970-01-01T00:00:00.500000",
        "priority": 8,
        "expiration": 1000,
        "has_gd": True,
        "data": {"x": 1},
        "sub_key": "zpsk.rest.1",
        "mime_type": "text/plain",
        "size": 7,
    }


def test_what_the_publisher_says_of_itself_goes_with_it() -> None:
    """As far as it does."""
    fields = {"data": "a", "correl_id": "c", "in_reply_to": "", "ext_client_id": None}
    assert publication(fields) == Publication(data="a", correl_id="c")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"data": ""}, Publication(data="")),
        ({"data": 0, "priority": "9"}, Publication(data=0, priority=9)),
        ({"data": b"\xc3\xa9", "has_gd": "True"}, Publication(data="é", has_gd=True)),
        ({"data": [], "has_gd": False, "expiration": 1}, Publication(data=[], has_gd=False, expiration=1)),
        ({"data": 1, "expiration": LONGEST_LIFE, "mime_type": "a/b"}, Publication(data=1, mime_type="a/b")),
    ],
)
def test_publications(fields: dict[str, object], expected: Publication) -> None:
    """Numbers may be texts of digits, data may be bytes of UTF-8."""
    assert publication(fields) == expected


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "`data` is missing"),
        ({"data": None}, "`data` is missing"),
        ({"data": b"\xff"}, "`data` must be UTF-8"),
        ({"data": 1, "priority": 0}, "`priority` must be a whole number from 1 to 9"),
        ({"data": 1, "priority": 10}, "`priority`"),
        ({"data": 1, "priority": True}, "`priority`"),
        ({"data": 1, "priority": "-1"}, "`priority`"),
        ({"data": 1, "priority": 5.5}, "`priority`"),
        ({"data": 1, "expiration": 0}, "`expiration` must be a whole number from 1 to 2147483647000"),
        ({"data": 1, "expiration": LONGEST_LIFE + 1}, "`expiration`"),
        ({"data": 1, "expiration": "9" * 5000}, "`expiration`"),
        ({"data": 1, "has_gd": "yes"}, "`has_gd` must be true or false"),
        ({"data": 1, "has_gd": 1}, "`has_gd`"),
        ({"data": 1, "mime_type": "a\x00b"}, "`mime_type` must be a text of 100 characters at most"),
        ({"data": 1, "correl_id": 5}, "`correl_id`"),
        ({"data": 1, "ext_client_id": "x" * 201}, "`ext_client_id`"),
        ({"data": 1, "in_reply_to": "\ud800"}, "`in_reply_to`"),
    ],
)
def test_what_cannot_be_published(fields: dict[str, object], why: str) -> None:
    """The error names the field."""
    with pytest.raises(BadRequest, match=re.escape(why)):
        publication(fields)


@pytest.mark.parametrize(
    ("data", "content", "size"),
    [("é\n", '"é\\n"'.encode(), 2), ({"a": "é"}, '{"a":"é"}'.encode(), 9), (None, b"null", 4), ("\0", b'"\\u0000"', 1)],
)
def test_the_size_of_data(data: object, content: bytes, size: int) -> None:
    """Characters of a text, or of what JSON makes of the rest."""
    assert content_of(data) == (content, size)


@pytest.mark.parametrize("data", [object(), {1: object()}, "\ud800"])
def test_data_that_json_cannot_hold(data: object) -> None:
    """The publisher is told."""
    with pytest.raises(BadRequest, match="cannot be written as JSON"):
        content_of(data)


def test_ids() -> None:
    """They say what they are, and are never the same."""
    assert re.fullmatch("zpsm[0-9a-f]{24}", new_msg_id())
    assert re.fullmatch(r"zpsk\.websockets\.[0-9a-f]{24}", new_sub_key("wsx"))
    assert re.fullmatch(r"zpsk\.rest\.[0-9a-f]{24}", new_sub_key("rest"))
    assert len({new_msg_id() for _ in range(100)}) == 100


def test_times() -> None:
    """ISO 8601 in UTC without a zone, to the microsecond, until the longest life is over."""
    assert iso(1_000_000_000) == "2001-09-09T01:46:40.000000"
    assert iso(4_000_000_000 + LONGEST_LIFE / 1000).startswith("2164")
