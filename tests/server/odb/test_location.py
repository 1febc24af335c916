"""Tests of apitest_server.odb.location."""

from pathlib import Path

import pytest

from apitest_server.odb.location import location

HERE = Path("/server")


@pytest.mark.parametrize(
    ("url", "sqlalchemy_url", "shown"),
    [
        ("", "sqlite:////server/odb.sqlite", "/server/odb.sqlite"),
        ("sqlite:///x.db", "sqlite:////server/x.db", "/server/x.db"),
        ("sqlite:////data/x.db", "sqlite:////data/x.db", "/data/x.db"),
        ("postgresql://u:p@h:5/d", "postgresql+psycopg://u:p@h:5/d", "postgresql://h:5/d"),
        ("postgresql:///d", "postgresql+psycopg:///d", "postgresql:///d"),
    ],
)
def test_a_url_is_a_place_for_drivers_and_for_people(url: str, sqlalchemy_url: str, shown: str) -> None:
    """Relative paths start at the server's directory; people do not see the password."""
    where = location(url, HERE)
    assert (where.sqlalchemy_url, str(where)) == (sqlalchemy_url, shown)
