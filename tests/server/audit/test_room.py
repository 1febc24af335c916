from pathlib import Path

from apitest_server.audit.log import AUDIT_LOG
from tests.server.asgi import Client, served


def test_a_server_without_an_audit_log_starts_no_thread(tmp_path: Path) -> None:
    """Calls of all its channels cost a look into an empty dictionary."""
    with served(tmp_path) as client:
        client.get("/zato/ping")
        assert client.app.components[AUDIT_LOG]._thread is None


def test_objects_that_were_there_before_have_their_log(tmp_path: Path) -> None:
    """When the server starts again."""
    given = {
        "name": "ping", "connection": "channel", "transport": "plain_http", "url_path": "/ping", "service": "zato.ping",
        "is_audit_log_sent_active": True,
    }  # fmt: skip

    def kept(client: Client) -> int:
        client.get("/ping")
        return len(client.result("zato.audit-log.event.get-list"))

    with served(tmp_path) as client:
        client.result("zato.http-soap.create", given)
        assert kept(client) == 1
    with served(tmp_path) as client:
        assert kept(client) == 2
