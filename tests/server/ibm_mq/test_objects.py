"""Tests of apitest_server.ibm_mq.objects."""

from pathlib import Path

import pytest

from apitest_server.errors import ComponentMissing, ServiceUnavailable
from apitest_server.ibm_mq.objects import CHANNEL, ChannelObjects, WMQConnections
from apitest_server.odb import StoredObject
from apitest_server.outgoing.without_driver import WMQConnection


def test_a_channel_that_gets_nothing_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    """In one line; nobody expects messages of one that is not active."""
    channels = ChannelObjects()
    for number, is_active in enumerate((True, False)):
        item = StoredObject(number, CHANNEL, f"in {number}", {"is_active": is_active})
        channels.put(item)
        channels.remove(item)
    assert caplog.messages == ["IBM MQ channel `in 0` gets no messages: this server has no driver for IBM MQ"]


def test_who_sends_is_told(tmp_path: Path) -> None:
    """That there is no driver; or that there is no such connection."""
    connections = WMQConnections("outgoing IBM MQ connection")
    connections.put(1, "orders", WMQConnection(StoredObject(1, "outgoing.jms-wmq", "orders", {}), tmp_path))
    with pytest.raises(ServiceUnavailable, match="`orders` cannot be used: no driver for IBM MQ is installed"):
        connections.send("data", "orders", "DEV.QUEUE.1")
    with pytest.raises(ComponentMissing, match="no outgoing IBM MQ connection `order`"):
        connections.send("data", "order", "DEV.QUEUE.1")
