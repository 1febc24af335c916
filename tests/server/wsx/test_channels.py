"""Tests of apitest_server.wsx.channels."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest_server.config import WebSocketChannel
from apitest_server.errors import BadRequest, ConfigError
from apitest_server.wsx.channels import Channel, Channels

ONE = WebSocketChannel("one", "s", "/one")


def client(number: str, address: str = "10.0.0.1") -> Any:
    return SimpleNamespace(id=number, address=address)


def test_a_channel_is_found_by_port_and_path() -> None:
    """Those of server.conf from the start, those of the ODB once they are served."""
    channels = Channels([ONE])
    own = WebSocketChannel("two", "s", "/one", 8000)
    assert channels.serve(2, own) is None
    found = [channels.find(0, "/one"), channels.find(8000, "/one")]
    assert [channel.settings if channel else None for channel in found] == [ONE, own]
    assert channels.find(0, "/two") is None
    assert len(list(channels)) == 2


def test_two_channels_cannot_have_one_place() -> None:
    """Neither in server.conf nor later; a channel may keep its own."""
    with pytest.raises(ConfigError, match=r"`\[\[two\]\]` in .*: the path /one is taken by another WebSocket channel"):
        Channels([ONE, WebSocketChannel("two", "s", "/one")])
    channels = Channels([ONE])
    with pytest.raises(BadRequest, match="Input field `url_path`: the path /one is taken"):
        channels.check(7, WebSocketChannel("two", "s", "/one"))
    channels.serve(7, WebSocketChannel("two", "s", "/two", 8000))
    channels.check(7, WebSocketChannel("two", "s", "/two", 8000))
    with pytest.raises(BadRequest, match="the path /two at port 8000 is taken"):
        channels.check(8, WebSocketChannel("three", "s", "/two", 8000))


def test_clients_stay_where_the_way_to_the_channel_does() -> None:
    """New terms are for new sessions; a new path, port, security or no channel at all leaves clients behind."""
    channels = Channels()
    channels.serve(1, ONE)
    channel = channels.get(1)
    assert channel is not None
    assert channels.serve(1, WebSocketChannel("renamed", "t", "/one", token_ttl=9.0)) is None
    assert (channels.get(1), channel.terms.token_ttl, channel.route.service) == (channel, 9.0, "t")
    assert channels.serve(1, WebSocketChannel("renamed", "t", "/two")) is channel
    left = channels.get(1)
    assert channels.serve(1, None) is left
    assert channels.get(1) is None
    assert channels.serve(1, None) is None


def test_a_channel_admits_as_many_as_it_may() -> None:
    """In all, and of one address."""
    channel = Channel(1, WebSocketChannel("one", "s", max_connections=3, max_connections_per_address=2))
    assert channel.admits("10.0.0.1")
    first, second = client("a"), client("b")
    channel.add(first)
    channel.add(second)
    assert (channel.admits("10.0.0.1"), channel.admits("10.0.0.2")) == (False, True)
    channel.add(client("c", "10.0.0.2"))
    assert not channel.admits("10.0.0.3")
    channel.drop(first)
    channel.drop(first)
    assert channel.admits("10.0.0.1")
    channel.drop(second)
    assert channel._by_address == {"10.0.0.2": 1}
