import tempfile
from pathlib import Path

from zato.server.service import Service


class Place(Service):
    """A new directory of the server's machine."""

    name = "features.transfer.place"

    def handle(self):
        self.response.payload = {"path": tempfile.mkdtemp(prefix="apitest-features-transfer-")}


class Write(Service):
    """Puts a file into it."""

    name = "features.transfer.write"

    def handle(self):
        given = self.request.payload
        (Path(given["path"]) / given["name"]).write_text(given["text"])


class Send(Service):
    """Puts a file onto an FTP or SFTP server."""

    name = "features.transfer.send"

    def handle(self):
        given = self.request.payload
        files = getattr(self.out, given["kind"])[given["connection"]]
        if not files.is_directory("incoming"):
            files.create_directory("incoming")
        files.write(given["text"], f"incoming/{given['name']}")


class Clean(Service):
    """Whether nothing is left of it; then it is gone."""

    name = "features.transfer.clean"

    def handle(self):
        path = Path(self.request.payload["path"])
        names = sorted(found.name for found in path.rglob("*") if found.is_file())
        if names != self.request.payload["names"]:
            raise ValueError(f"There is {names}")
        for found in sorted(path.rglob("*"), reverse=True):
            found.unlink() if found.is_file() else found.rmdir()
        path.rmdir()
        self.response.payload = {"is_clean": True}


class Received(Service):
    """Keeps what came."""

    name = "features.transfer.received"

    def handle(self):
        file = self.request.payload
        self.cache.default.set(f"features:transfer:{file['file_name']}", file["data"])
