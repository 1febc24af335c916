"""The cluster, which is all servers of one ODB, and its servers by the names that clients have for them there."""

from urllib.parse import unquote, urlsplit

from apitest_server.cluster.bus import BUS
from apitest_server.errors import NotFound
from apitest_server.internal import server
from apitest_server.odb import DATABASE
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Int, Text

_ID, _NAME = 1, "default"
_ROW = (
    Int("id"), "name", "description", Text("odb_type"), Text("odb_host"), Int("odb_port"), Text("odb_user"),
    Text("odb_db_name"), Int("server_count"),
)  # fmt: skip


def _row(host: Server) -> dict[str, object]:
    where = host.components[DATABASE].where
    url = urlsplit(where.url)
    is_sqlite = where.path is not None
    return {
        "id": _ID,
        "name": _NAME,
        "description": "All servers that share the ODB of this one",
        "odb_type": "sqlite" if is_sqlite else "postgresql",
        "odb_host": "" if is_sqlite else url.hostname or "",
        "odb_port": 0 if is_sqlite else url.port or 5432,
        "odb_user": unquote(url.username or ""),
        "odb_db_name": str(where.path) if is_sqlite else unquote(url.path.lstrip("/")),
        "server_count": 1 + len(host.components[BUS].peers()),
    }


class GetList(Service):
    """The clusters that this server knows: its own."""

    name = "zato.cluster.get-list"

    class SimpleIO:
        """A row a cluster; the ODB's password is not told."""

        input_optional = (Int("cluster_id"),)
        output_required = _ROW

    def handle(self) -> None:
        """With how many of its servers run."""
        self.response.payload[:] = [_row(self.server)]


class GetByID(Service):
    """A cluster by its ID."""

    name = "zato.cluster.get-by-id"

    class SimpleIO:
        """1 is that of this server."""

        input_required = (Int("id"),)
        output_required = _ROW

    def handle(self) -> None:
        """There is no other."""
        if self.request.input.id != _ID:
            raise NotFound(f"There is no cluster with ID {self.request.input.id}")
        self.response.payload = _row(self.server)


class GetServers(server.GetList):
    """The servers of the cluster, as ``zato.server.get-list`` has them."""

    name = "zato.cluster.server.get-list"


class GetServer(server.GetByID):
    """A server of the cluster, as ``zato.server.get-by-id`` has it."""

    name = "zato.cluster.server.get-by-id"


class EditServer(server.Edit):
    """Changes a server of the cluster, as ``zato.server.edit`` does."""

    name = "zato.cluster.server.edit"


class DeleteServer(server.Delete):
    """Forgets a server that has died, as ``zato.server.delete`` does."""

    name = "zato.cluster.server.delete"
