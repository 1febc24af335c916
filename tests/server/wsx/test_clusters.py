"""Clusters that talk over WebSockets, each a process with its own ODB: what D of the mission says, as it is said."""

from collections.abc import Iterator

import pytest

from tests.server.cluster.waiting import until
from tests.server.wsx.clusters import Clusters, both

pytestmark = pytest.mark.live
ORDER = {"service": "shop.order", "request": {"article": "A-1"}}
HOOKS = {f"on_{kind}_service_name": "test.hook" for kind in ("connect", "message", "close")}


@pytest.fixture(scope="module")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clusters]:
    with both(tmp_path_factory.mktemp("clusters")) as made:
        yield made


def test_the_users_service_runs_as_it_stands(clusters: Clusters) -> None:
    """It logs what the other cluster has answered; its hook logs what happened."""
    hook = "hook.on-message-hook"
    number = clusters.connect("My WSX Outconn", "/echo", on_connect_service_name=hook, on_message_service_name=hook)
    assert clusters.calling.call("outgoing.my-service") == {}
    log = clusters.calling.process.directory / "server.log"
    until(lambda: "Response is `{'request': {'elem1': 'value1', 'elem2': 'value2'}}`" in log.read_text("utf-8"))
    [connection] = clusters.called.call("zato.channel.web-socket.get-connection-list")
    asked = {"pub_client_id": connection["pub_client_id"], "request_data": {"hello": "there"}}
    clusters.called.call("zato.channel.web-socket.invoke-wsx", asked)
    until(lambda: "Data received: `{'hello': 'there'}`" in log.read_text("utf-8"))
    assert "Msg type: `connect`" in log.read_text("utf-8")
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})
    until(lambda: clusters.called.call("zato.channel.web-socket.get-connection-list") == [])


def test_a_cluster_that_was_killed_is_found_again(clusters: Clusters) -> None:
    """Meanwhile callers are told at once that it is away; each event calls its hook."""
    number = clusters.connect("Shop", **HOOKS)
    for service in ("test.call", "test.call-on-the-loop"):
        assert clusters.calling.call(service, ORDER) == {"article": "A-1", "total": 10}
    status, details = clusters.calling.call("test.call", {"service": "shop.order", "request": {}})
    assert (status, "`Shop` answered with 400: I/O processing error" in details) == (502, True)
    clusters.called.kill()
    until(lambda: clusters.kinds() == ["connect", "close"])
    status, details = clusters.calling.call("test.call", ORDER)
    assert (status, details.startswith("`Shop` is not connected: ")) == (503, True)
    clusters.called.process.start()
    until(lambda: clusters.calling.call("test.call", ORDER) == {"article": "A-1", "total": 10})
    until(lambda: clusters.kinds() == ["connect", "close", "connect"])
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})
