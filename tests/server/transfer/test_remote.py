"""Tests of apitest_server.transfer.remote, against vsftpd and OpenSSH."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.errors import NotFound, ServerError, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.ftp import FTPConnection
from apitest_server.transfer.remote import FTPSource, RemoteSource, SFTPSource
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import kept, until
from tests.server.outgoing.ssh import connection as ssh_connection
from tests.server.outgoing.ssh import stored
from tests.server.transfer.files import SERVICES, created, status
from tests.services.openssh import OpenSSH
from tests.services.starting import own
from tests.services.vsftpd import Vsftpd

pytestmark = pytest.mark.files
Server = Vsftpd | OpenSSH


@pytest.fixture(scope="module", params=[Vsftpd, OpenSSH])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A real one, of these tests' own."""
    yield from own(request.param)


def connection(server: Server, directory: Path) -> Any:
    if isinstance(server, OpenSSH):
        return ssh_connection(server, directory)
    given = {"host": server.host, "port": server.port, "user": server.username, "timeout": 30}
    return FTPConnection(StoredObject(1, "outgoing.ftp", "files", given, {"password": server.password}), directory)


def source(server: Server, files: Any) -> RemoteSource:
    return (SFTPSource if isinstance(server, OpenSSH) else FTPSource)(lambda: files)


def test_files_are_seen_taken_and_deleted(server: Server, tmp_path: Path) -> None:
    """One of two who move the same file is told that it is gone; directories are not files."""
    files = connection(server, tmp_path)
    place = source(server, files)
    place.make("box")
    place.make("box")
    place.make("box/directory")
    files.write(b"12", "box/a.csv")
    before = place.seen("box", lambda name: name != "b")
    assert list(before) == ["a.csv"]
    files.append(b"3", "box/a.csv")
    assert place.seen("box", lambda name: True) != before
    assert (place.size("box/a.csv"), place.read("box/a.csv"), place.is_free("box/a.csv")) == (3, b"123", True)
    assert [place.move("box/a.csv", "box/b"), place.move("box/a.csv", "box/c")] == [True, False]
    assert [place.exists(f"box/{name}") for name in ("a.csv", "b", "c")] == [False, True, False]
    place.delete("box/b")
    place.delete("box/b")
    files.delete_directory("box/directory")
    assert place.seen("box", lambda name: True) == {}
    with pytest.raises(NotFound):
        place.seen("none", lambda name: True)
    files.close()


def test_a_connection_that_is_gone_is_a_server_that_is_away() -> None:
    """With what is known of it."""

    def none() -> Any:
        raise ServerError("There is none")

    with pytest.raises(ServiceUnavailable, match="There is none"):
        FTPSource(none).exists("x")


def defined(client: Client, server: Server) -> dict[str, object]:
    """The fields of a channel over a connection that there is now."""
    if isinstance(server, OpenSSH):
        kind, given = "sftp", {**stored(server).fields, "name": "files", "password": server.password}
    else:
        kind, given = "ftp", {"name": "files", "host": server.host, "port": server.port, "user": server.username}
        given["password"] = server.password
    number = client.result(f"zato.outgoing.{kind}.create", given)["id"]
    return {"source_type": kind, f"{kind}_source_id": number}


def test_files_of_a_server_call_a_service(server: Server, tmp_path: Path) -> None:
    """Also those that come while it is away; each is moved afterwards, and the log has a line for the failure."""
    files = connection(server, tmp_path)
    for name in ("work", "work/in"):
        files.create_directory(name)
    with served(tmp_path, s=SERVICES) as client:
        fields = {**defined(client, server), "pickup_from_list": "work/in", "move_processed_to": "work/done"}
        number = created(client, **fields, file_patterns="*.txt")
        files.write("one", "work/in/a.txt")
        kept(client, 1)
        until(client, lambda: files.exists("work/done/a.txt"))
        server.kill()
        until(client, lambda: status(client, number)["problem"])
        server.start()
        files.write("two", "work/in/b.txt")
        assert kept(client, 2) == [["a.txt", "one", "file-transfer"], ["b.txt", "two", "file-transfer"]]
        until(client, lambda: files.exists("work/done/b.txt"))
        until(client, lambda: status(client, number)["problem"] == "")
        assert list(files.list("work/in")) == []
    for name in ("work/done/a.txt", "work/done/b.txt"):
        files.delete(name)
    for name in ("work/done", "work/in", "work"):
        files.delete_directory(name)
    files.close()
