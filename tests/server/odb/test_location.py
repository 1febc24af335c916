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
        ("postgresql://u:p@[::1]:5,h/d?a=b", "postgresql+psycopg://u:p@[::1]:5,h/d?a=b", "postgresql://[::1]:5,h/d"),
    ],
)
def test_a_url_is_a_place_for_drivers_and_for_people(url: str, sqlalchemy_url: str, shown: str) -> None:
    """Relative paths start at the server's directory; people do not see the password."""
    where = location(url, HERE)
    assert (where.sqlalchemy_url, str(where)) == (sqlalchemy_url, shown)


def test_a_drivers_error_is_told_without_what_is_secret() -> None:
    """Password and parameters as they stand in the URL, and decoded."""
    where = location("postgresql://u:p%40ss@h/d?sslpassword=key&sslmode=x", HERE)
    said = "p@ss and p%40ss and key are wrong, the keys and x are not\nmore"
    assert where.told(OSError(said)) == "****** and ****** and ****** are wrong, the keys and x are not"
    assert "p%40ss" not in repr(where)
