"""The server: shown, and what can be changed of it while it runs."""

from apitest_server.about import SERVER_INFO, ServerInfo
from apitest_server.errors import NotFound
from apitest_server.internal.crud.object_type import Between, OneOf
from apitest_server.service.base import Service
from apitest_server.service.elements import DateTime, Float, Int

_ROW = (
    Int("id"), "name", Int("cluster_id"), "host", Int("port"), Int("pid"), "machine", DateTime("started"),
    Float("up_seconds"), "log_level",
)  # fmt: skip


class _Server(Service):
    @property
    def about(self) -> ServerInfo:
        """What is known of the server that was asked for.

        Raises:
            NotFound: it is not this one.
        """
        about, number = self.server.components[SERVER_INFO], self.request.input.id
        if number != about.id:
            raise NotFound(f"There is no server with ID {number}")
        return about


class GetList(Service):
    """The servers of the cluster: this one."""

    name = "zato.server.get-list"

    class SimpleIO:
        """A row a server."""

        input_optional = (Int("cluster_id"),)
        output_required = _ROW

    def handle(self) -> None:
        """Where it listens, since when, and how much it writes to its log."""
        self.response.payload[:] = [self.server.components[SERVER_INFO].row()]


class GetByID(_Server):
    """One server by its ID."""

    name = "zato.server.get-by-id"

    class SimpleIO:
        """1 is this one."""

        input_required = (Int("id"),)
        output_required = _ROW

    def handle(self) -> None:
        """404 for any other."""
        self.response.payload = self.about.row()


class Edit(_Server):
    """Sets how much the server writes to its log, until it ends; server.conf says so for the next start."""

    name = "zato.server.edit"

    class SimpleIO:
        """One of the levels of Python's logging."""

        input_required = (Between("id", 1, 2**53), OneOf("log_level", "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL"))
        output_required = _ROW

    def handle(self) -> None:
        """At once."""
        about = self.about
        about.set_log_level(self.request.input.log_level)
        self.response.payload = about.row()
