"""Tests of apitest_server.wsx.objects."""

from dataclasses import fields
from pathlib import Path

from apitest_server.config import WebSocketChannel
from apitest_server.internal.channel_web_socket.definitions import WEB_SOCKET
from apitest_server.odb import StoredObject
from apitest_server.wsx.objects import SAME, WebSocketObjects, declared, origins_of
from apitest_server.wsx.room import KIND
from apitest_server.wsx.web_sockets import WEB_SOCKETS
from tests.server.asgi import served
from tests.server.wsx.serving import channel


def test_a_stanza_and_an_object_have_the_same_fields() -> None:
    """With the same defaults, so that it does not matter where a channel is made."""
    defaults = {one.name: one.default for one in fields(WebSocketChannel)}
    stored = {field.name: field.element.default for field in WEB_SOCKET.shown}
    assert {name: defaults[name] for name in SAME} == {name: stored[name] for name in SAME}
    assert set(defaults) - set(SAME) == {"name", "service", "path", "security", "origins"}


def test_channels_of_the_odb_are_served(tmp_path: Path) -> None:
    """While they are active; one that cannot be is left out, and the server starts without it."""
    with served(tmp_path, channel(service="zato.ping", origins="https://a.example", security="basic")) as client:
        channels, live = client.app.components[WEB_SOCKETS].channels, client.app.live.of(KIND)
        assert isinstance(live, WebSocketObjects)
        item = StoredObject(9, KIND, "nine", {"service": "zato.ping", "url_path": "/nine", "token_ttl": 7.0})
        live.load([StoredObject(8, KIND, "eight", {}), item])
        found = channels.get(9)
        assert found is not None
        assert found.settings == WebSocketChannel("nine", "zato.ping", "/nine", token_ttl=7.0)
        live.put(StoredObject(9, KIND, "nine", {**item.fields, "is_active": False}))
        assert channels.get(9) is None
        [row] = declared(channels)
        assert (row["name"], row["origins"], row["security_id"] < 0) == ("one", "https://a.example", True)


def test_origins_are_a_list_in_a_text() -> None:
    """Separated by commas."""
    assert origins_of(" https://a.example,https://b.example , ") == ("https://a.example", "https://b.example")
