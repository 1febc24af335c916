"""What tests of the sentences about SQL look at: the table of the connection `db`."""

from typing import Any

from tests.apitest.steps.playing import Play


def rows(play: Play) -> list[Any]:
    found: list[Any] = play.zato.clients.find("SQL", "db").rows("SELECT id, name FROM t ORDER BY id").rows
    return found
