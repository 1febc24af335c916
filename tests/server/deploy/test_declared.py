"""Tests of apitest_server.deploy.declared."""

from pathlib import Path

import pytest

from tests.server.asgi import served

CONF = """\
[rest]
    [[good]]
    path = /good
    service = zato.ping
    [[misspelt]]
    path = /misspelt
    service = zato.pong
[websocket]
    [[off]]
    service = zato.helpers.web-socket
    [[disabled]]
    path = /disabled
    service = zato.stats.get-summary
[deploy_internal]
stats = False
"""


def test_channels_whose_service_is_not_deployed_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With what may have been meant, or what has switched the service off; the server starts."""
    with served(tmp_path, CONF) as client:
        assert client.get("/good").status == 200
    told = [one for one in caplog.messages if one.startswith("Channel ")]
    assert [one.partition(" in ")[0] for one in told] == [
        "Channel `misspelt` of [rest]",
        "Channel `off` of [websocket]",
        "Channel `disabled` of [websocket]",
    ]
    assert "No such service: `zato.pong`; did you mean `zato.ping`?" in told[0]
    assert "module stats is set to False in [deploy_internal]" in told[2]
