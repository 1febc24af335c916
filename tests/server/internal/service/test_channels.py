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
