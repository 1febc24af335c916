"""Tests of apitest_server.internal.crud.of_definitions."""

from pathlib import Path

from tests.server.asgi import served


def test_rows_have_the_names_of_definitions(tmp_path: Path) -> None:
    """Of the kind that the field of the ID refers to; whoever renames one sees it in the next list."""
    with served(tmp_path) as client:
        made = client.result("zato.definition.cassandra.create", {"name": "first", "contact_points": "127.0.0.1"})
        client.result("zato.query.cassandra.create", {"name": "q", "def_id": made["id"], "value": "SELECT 1"})
        assert [row["def_name"] for row in client.result("zato.query.cassandra.get-list")] == ["first"]
        client.result("zato.definition.cassandra.edit", {"id": made["id"], "name": "second"})
        assert client.result("zato.query.cassandra.get-by-name", {"name": "q"})["def_name"] == "second"
