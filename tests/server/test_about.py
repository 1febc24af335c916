import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apitest_server.about import ServerInfo
from apitest_server.config import parse
from apitest_server.errors import BadRequest


def test_a_row_says_where_the_server_is_and_since_when(tmp_path: Path) -> None:
    """As server.conf and the operating system have it."""
    before = datetime.now(UTC)
    row = ServerInfo(parse("[main]\nname = one\nport = 17011\n", tmp_path / "server.conf")).row()
    assert (row["name"], row["host"], row["port"], row["pid"]) == ("one", "127.0.0.1", 17011, os.getpid())
    assert before <= row["started"] <= datetime.now(UTC)
    assert row["log_level"] == logging.getLevelName(logging.getLogger().getEffectiveLevel())


def test_the_level_of_the_log_can_be_set(tmp_path: Path) -> None:
    """It is shown afterwards."""
    level = logging.getLogger().level
    info = ServerInfo(parse("", tmp_path / "server.conf"))
    try:
        info.set_log_level("CRITICAL")
        assert info.row()["log_level"] == "CRITICAL"
    finally:
        logging.getLogger().setLevel(level)


def test_a_name_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """The server keeps the one that it has."""
    info = ServerInfo(parse("[main]\nname = one\n", tmp_path / "server.conf"))
    (tmp_path / "server.conf").mkdir()
    with pytest.raises(BadRequest, match=r"server.conf cannot be written: Is a directory"):
        info.write_name("two")
    assert info.name == "one"
