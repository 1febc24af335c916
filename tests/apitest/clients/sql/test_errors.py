"""What errors of databases become, on SQLite; the other databases are tested with the connection."""

from pathlib import Path

import pytest

from apitest.clients.sql import errors, settings
from apitest.clients.sql.connection import SQLConnection
from apitest.errors import BadValue, Unreachable


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """The error names the URL."""
    with pytest.raises(Unreachable, match="The database file cannot be opened") as raised:
        SQLConnection(f"sqlite:///{tmp_path}/nowhere/a.db")
    assert raised.value.where.startswith("sqlite:///")


def test_syntax_is_marked() -> None:
    """A caret stands below the place in the line."""
    connection = SQLConnection("sqlite://")
    with pytest.raises(BadValue, match="not valid SQL") as raised:
        connection.rows("SELECT 1\nFORM t")
    connection.close()
    assert raised.value.excerpt.splitlines()[0] == "FORM t"
    assert "^" in raised.value.excerpt.splitlines()[1]


def test_an_option_that_the_driver_does_not_take() -> None:
    """It is a mistake in the URL, not a server that is down."""
    found = errors.connecting(settings.parse("postgresql://h/db"), TypeError("unexpected keyword argument 'x'"))
    assert isinstance(found, BadValue)
    assert "option" in found.problem


def test_no_password_in_a_message() -> None:
    """Should a driver repeat the password, it is taken out."""
    url = settings.parse("postgresql://ann:s3cret-1@localhost/db")
    found = errors.connecting(url, OSError("cannot log in with s3cret-1"))
    assert "s3cret-1" not in str(found)
