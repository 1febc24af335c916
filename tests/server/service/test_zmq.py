"""Tests of apitest_server.service.zmq."""

import pytest

from apitest_server.service.zmq import ZMQMessage


@pytest.mark.parametrize(
    ("frames", "topic"), [((b"body",), ""), ((b"weather", b"body"), "weather"), ((b"\xff", b"body"), "\ufffd")]
)
def test_a_topic_is_a_frame_of_its_own(frames: tuple[bytes, ...], topic: str) -> None:
    """The first one of several; whatever its bytes are."""
    assert ZMQMessage(frames).topic == topic
