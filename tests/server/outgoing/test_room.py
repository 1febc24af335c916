"""Tests of apitest_server.outgoing.room."""

from pathlib import Path

from apitest_server.outgoing.connections import EMAILS, OUTGOING
from apitest_server.service.base import CASSANDRA_CONN, CASSANDRA_QUERY
from tests.server.asgi import served


def test_the_room_makes_outgoing_connections(tmp_path: Path) -> None:
    """Each technology is there, without a connection."""
    with served(tmp_path) as client:
        out = client.app.components[OUTGOING]
        assert [len(out.sql), len(out.rest), len(out.soap), len(out.ftp), len(out.ldap), len(out.mongodb)] == [0] * 6
        email = client.app.components[EMAILS]
        assert [len(email.smtp), len(email.imap)] == [0, 0]
        assert [len(client.app.components[key]) for key in (CASSANDRA_CONN, CASSANDRA_QUERY)] == [0, 0]
        assert type(client.app.live.of("outgoing.sql")).__name__ == "ConnectionObjects"


def test_closing_the_server_closes_its_connections(tmp_path: Path) -> None:
    """A pool that was in use has no connection left."""
    with served(tmp_path) as client:
        client.result("zato.outgoing.sql.create", {"name": "one", "engine": "sqlite", "db_name": "one.db"})
        connection = client.app.components[OUTGOING].sql["one"]
        connection.ping()
        before = connection.engine.pool
        assert before.checkedin() == 1
    assert connection.engine.pool is not before
