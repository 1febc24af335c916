"""Tests of apitest_server.pubsub.written."""

import json

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.pubsub.message import Message, content_of, new_msg_id
from apitest_server.pubsub.written import SMALL, _made, written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DATA = st.one_of(st.integers(-(2**53), 2**53), TEXTS, st.lists(TEXTS, max_size=3), st.just("x" * SMALL))


def message(data: object, **fields: object) -> Message:
    content, size = content_of(data)
    found: dict[str, object] = {
        "number": 1, "msg_id": new_msg_id(), "topic_id": 1, "topic_name": "/a", "content": content, "size": size,
        "priority": 5, "expiration": 1000, "expires_at": 1001.5, "has_gd": True, "mime_type": "text/plain",
        "pub_time": 1000.5, "recv_time": 1000.5, "sub_key": "zpsk.websockets.1", "delivery_count": 1, **fields,
    }  # fmt: skip
    return Message(**found)  # type: ignore[arg-type]  # each is of its type


@given(DATA, DATA, TEXTS, st.integers(1, 9))
def test_it_says_what_the_message_does(first: object, second: object, text: str, count: int) -> None:
    """With the keys in their order, whatever was written before."""
    messages = [
        message(first, topic_name=text, correl_id=text, sub_key="zpsk.websockets.2", delivery_count=count),
        message(first, topic_name=text, correl_id=text),
        message(second, ext_client_id=text),
    ]
    found = json.loads(written(messages, wrap_one=False))
    assert found == [one.external() for one in messages]
    assert [list(one) for one in found] == [list(one.external()) for one in messages]


def test_one_message_is_in_a_list_if_its_client_wants_one() -> None:
    """Several always are."""
    one = message({"a": 1})
    assert json.loads(written([one], wrap_one=False)) == one.external()
    assert json.loads(written([one], wrap_one=True)) == [one.external()]
    assert json.loads(written([one, one], wrap_one=False)) == [one.external()] * 2


def test_a_changed_message_is_written_anew() -> None:
    """Although its ID is the same."""
    for data, priority in (("a", 5), ("b", 5), ("b", 9), ("a", 5)):
        text = written([message(data, priority=priority, msg_id="zpsm1")], wrap_one=False)
        assert (f'"data":"{data}"' in text, f'"priority":{priority}' in text) == (True, True)


def test_what_is_kept_is_bounded() -> None:
    """The parts of messages that were written long ago are not kept."""
    for number in range(1000):
        written([message(number)], wrap_one=False)
    assert len(_made) <= 512
