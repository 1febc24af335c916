"""What connections to servers of files have in common, tried with each of them against its real server."""

import logging
from typing import Any, Protocol

import pytest

from apitest_server.errors import BadRequest, Conflict, HTTPError, ServiceUnavailable


class Server(Protocol):
    """A real one, which can be killed."""

    def kill(self) -> None: ...
    def start(self) -> None: ...


def files_are_used(files: Any) -> None:
    """Written, read, listed, moved and deleted; nothing is overwritten unawares."""
    files.create_directory("box")
    files.write("grüße", "box/a.txt")
    with pytest.raises(Conflict, match=r"has `box/a\.txt` already"):
        files.write(b"lost", "box/a.txt")
    assert files.read("box/a.txt") == "grüße".encode()
    files.write(b"\x00\xff", "box/a.txt", overwrite=True)
    files.append(b"\x01", "box/a.txt")
    assert files.read("box/a.txt") == b"\x00\xff\x01"
    files.write("grüße", "box/latin", encoding="latin-1")
    assert files.read("box/latin", "latin-1") == "grüße"
    assert [files.exists(path) for path in ("box", "box/a.txt", "box/none", "none/none")] == [True, True, False, False]
    assert [files.is_directory(path) for path in ("box", "box/a.txt", "none")] == [True, False, False]
    assert [files.is_file(path) for path in ("box", "box/a.txt", "none")] == [False, True, False]
    files.move("box/a.txt", "box/b.txt")
    files.delete("box/latin")
    assert files.exists("box/b.txt")
    files.delete("box/b.txt")
    assert list(files.list("box")) == []
    files.delete_directory("box")
    assert not files.exists("box")


def refuses(files: Any, act: str, *arguments: object) -> str:
    """What is told."""
    with pytest.raises(HTTPError) as caught:
        getattr(files, act)(*arguments)
    assert not isinstance(caught.value, ServiceUnavailable)
    return caught.value.details


def line_breaks_are_no_paths(files: Any) -> None:
    """They would be further commands."""
    with pytest.raises(BadRequest, match="not a path"):
        files.delete("a\r\nDELE b")


def a_restart_is_survived(files: Any, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody has to do anything, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    files.ping()
    server.kill()
    for _ in range(2):
        with pytest.raises(ServiceUnavailable, match="cannot be reached: Connection refused"):
            files.ping()
    server.start()
    for _ in range(2):
        files.ping()
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert ["cannot be used until further notice" in told[0], told[1][-18:]] == [True, " is connected again"[-18:]]
    assert len(told) == 2
