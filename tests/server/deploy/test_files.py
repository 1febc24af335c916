"""Tests of apitest_server.deploy.files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.deploy.files import ServiceFiles
from apitest_server.deploy.hot_deploy import HotDeployment
from apitest_server.deploy.store import Deployed, ServiceStore
from apitest_server.errors import BadRequest, NotFound
from apitest_server.service.old_names import provide_old_names

TEXT = "from zato.server.service import Service\nclass {}(Service):\n    def handle(self): return 1\n"
INTERNAL = Deployed("zato.ping", "apitest_server.internal.ping:Ping", "ping.py", True)


class Server:
    """A pick-up directory, and the files of its services."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.store = ServiceStore()
        self.store.deploy([INTERNAL])
        self.hot = HotDeployment(directory, self.store, keep=10)
        self.files = ServiceFiles(self.hot)

    def upload(self, stem: str, text: str) -> Deployed:
        """Deploys a file; the first of its services."""
        return self.store.about(self.files.upload(f"{stem}.py", text.encode())[0])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server without user services."""
    provide_old_names()
    one = Server(tmp_path)
    yield one
    one.hot.close()


def test_a_file_is_uploaded_and_read(server: Server) -> None:
    """What serves is what is read, also when the file has changed meanwhile."""
    service = server.upload("a", TEXT.format("One"))
    assert service.name == "a.one"
    (server.directory / "a.py").write_text("something else")
    assert server.files.source(service).decode() == TEXT.format("One")
    status = server.files.status(service)
    assert status is not None
    assert (status.file.name, status.services) == ("a.py", ("a.one",))


def test_a_broken_file_changes_nothing(server: Server) -> None:
    """The error names the file and the line."""
    server.upload("a", TEXT.format("One"))
    with pytest.raises(BadRequest, match=r"a\.py"):
        server.files.upload("a.py", b"def broken(:\n")
    assert (server.directory / "a.py").read_text() == TEXT.format("One")
    assert server.store.names() == ["a.one", "zato.ping"]


def test_the_source_of_an_internal_service(server: Server, tmp_path: Path) -> None:
    """It is read from its own file; one that cannot be read is not found."""
    path = tmp_path / "away.py"
    path.write_text("text")
    service = Deployed("zato.x", "m:X", str(path), True)
    assert server.files.source(service) == b"text"
    path.unlink()
    with pytest.raises(NotFound, match=r"The source of `zato\.x` cannot be read: No such file"):
        server.files.source(service)
    assert server.files.status(INTERNAL) is None


def test_a_service_is_removed_with_its_file(server: Server) -> None:
    """Unless it is internal, shares its file, or another file needs it."""
    alone = server.upload("alone", TEXT.format("One"))
    server.files.remove(alone)
    assert not (server.directory / "alone.py").exists()
    assert server.store.names() == ["zato.ping"]
    shared = server.upload("shared", TEXT.format("One") + TEXT.format("Two"))
    needed = server.upload("needed", TEXT.format("Base"))
    server.upload("needing", "from .needed import Base\nclass Derived(Base):\n    name = 'derived'\n")
    for service, told in (
        (INTERNAL, "is internal and cannot be deleted"),
        (shared, r"shares its file with others: shared\.two"),
        (needed, r"its file is needed by: needing\.py"),
    ):
        with pytest.raises(BadRequest, match=told):
            server.files.remove(service)
    assert {path.name for path in server.directory.glob("*.py")} == {"shared.py", "needed.py", "needing.py"}
