"""Tests of apitest_server.internal.service.channels."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.services import call, refused

CONF = "[rest]\n[[declared]]\npath = /declared\nservice = zato.helpers.echo\n"


def test_a_service_has_the_channels_that_lead_to_it(tmp_path: Path) -> None:
    """Those of server.conf and those that were created since."""
    with served(tmp_path, CONF) as client:
        channel = {"connection": "channel", "transport": "plain_http", "service": "zato.helpers.echo"}
        call(client, "zato.http-soap.create", {"name": "created", "url_path": "/created", **channel})
        rows = call(client, "zato.service.get-channel-list", {"name": "zato.helpers.echo"})
        assert [(row["name"], row["url_path"], row["is_declared"]) for row in rows] == [
            ("declared", "/declared", True),
            ("created", "/created", False),
        ]
        assert call(client, "zato.service.get-channel-list", {"name": "zato.helpers.sleep"}) == []
        assert refused(client, "zato.service.get-channel-list", {"name": "nope"})[0] == 404


def test_channels_of_each_type(tmp_path: Path) -> None:
    """One type is asked for, or all of them."""
    echo = "zato.helpers.echo"
    with served(tmp_path, CONF) as client:
        made = call(client, "zato.definition.amqp.create", {"name": "d", "host": "localhost", "username": "u"})["id"]
        amqp = {"name": "a", "def_id": made, "queue": "q", "service": echo, "is_active": False}
        call(client, "zato.channel.amqp.create", amqp)
        address = "tcp://127.0.0.1:1"
        zmq = {"name": "z", "address": address, "socket_type": "PULL", "service": echo, "is_active": False}
        call(client, "zato.channel.zmq.create", zmq)
        soap = {"connection": "channel", "transport": "soap", "name": "s", "url_path": "/s", "service": echo}
        call(client, "zato.http-soap.create", soap)
        for channel_type, names in {
            "plain_http": ["declared"], "soap": ["s"], "amqp": ["a"], "zmq": ["z"], "web-socket": [], "jms-wmq": [],
            "": ["declared", "s", "a", "z"],
        }.items():  # fmt: skip
            given = {"name": echo, "channel_type": channel_type}
            rows = call(client, "zato.service.get-channel-list", given)
            assert [row["name"] for row in rows] == names, channel_type
            assert {row["transport"] for row in rows} <= {channel_type} or not channel_type
        given = {"name": echo, "channel_type": "pigeon"}
        assert "`channel_type` must be one of" in refused(client, "zato.service.get-channel-list", given)[1]


def test_channels_of_disabled_modules(tmp_path: Path) -> None:
    """Left out where all types are asked for; who asks for theirs is told."""
    with served(tmp_path, f"{CONF}\n[deploy_internal]\namqp = False") as client:
        asked = {"name": "zato.helpers.echo"}
        assert [row["name"] for row in call(client, "zato.service.get-channel-list", asked)] == ["declared"]
        status, details = refused(client, "zato.service.get-channel-list", {**asked, "channel_type": "amqp"})
        assert (status, "module amqp is set to False" in details) == (404, True), details
