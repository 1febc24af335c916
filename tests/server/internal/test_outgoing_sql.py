from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"engine": "sqlite", "db_name": ":memory:"}, "`db_name`"),
        ({"engine": "postgresql", "db_name": "a"}, "`host`"),
        ({"engine": "postgresql", "db_name": "a", "host": "h", "extra": "sslmode"}, "`extra`"),
        ({"engine": "oracle", "db_name": "a", "host": "h"}, "`engine`"),
        ({"engine": "sqlite", "db_name": "a", "pool_size": 0}, "`pool_size`"),
    ],
)
def test_a_connection_that_could_not_be_used_is_refused(untouched: Client, fields: dict[str, Any], named: str) -> None:
    """With the name of the field."""
    status, details = untouched.refused("zato.outgoing.sql.create", {"name": "a", **fields})
    assert (status, named in details) == (400, True), details


def test_engines_are_taken_with_the_drivers_that_clients_name(tmp_path: Path) -> None:
    """They are those of this server, which has drivers of its own."""
    with served(tmp_path) as client:
        for given, engine in (("postgresql+pg8000", "postgresql"), ("mysql+pymysql", "mysql")):
            fields = {"name": given, "engine": given, "db_name": "a", "host": "h"}
            number = client.result("zato.outgoing.sql.create", fields)["id"]
            assert client.result("zato.outgoing.sql.get-by-id", {"id": number})["engine"] == engine


def test_a_password_can_be_set_and_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted."""
    with served(tmp_path) as client:
        fields = {"name": "a", "engine": "postgresql", "db_name": "a", "host": "h", "password": "s3cret-word"}
        client.result("zato.outgoing.sql.create", fields)
        assert "s3cret-word" not in str(client.result("zato.outgoing.sql.get-list"))
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
