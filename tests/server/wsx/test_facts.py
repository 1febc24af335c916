"""Tests of apitest_server.wsx.facts."""

from datetime import UTC, datetime

from apitest_server.odb.models import WebSocketConnection
from apitest_server.wsx.facts import facts, shown, storable
from tests.server.wsx.test_roll import client


def test_facts_are_the_columns_of_the_odb() -> None:
    """All but the server, and when it was written."""
    assert facts(client(1)).keys() | {"run_id", "revision"} == set(WebSocketConnection.__table__.columns.keys())


def test_a_row_is_shown_with_its_server() -> None:
    """Times are in UTC and say so."""
    found = shown({**facts(client(1)), "server": "s", "pid": 7})
    assert (found["pub_client_id"], found["server_name"], found["server_proc_pid"]) == ("ws.1", "s", 7)
    assert found["connection_time"] == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert 0 < (datetime.now(UTC) - found["last_activity"]).total_seconds() < 60


def test_texts_of_clients_are_stored_as_databases_take_them() -> None:
    """Without NUL, and not too long."""
    assert storable("a\0b" * 10, 5) == "ababa"
