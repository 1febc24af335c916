"""The servers: shown, and what can be changed of them while they run."""

import asyncio

from apitest_server import __version__
from apitest_server.about import SERVER_INFO, ServerInfo
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS, Neighbours
from apitest_server.cluster.runs import Run
from apitest_server.deploy.internal_services import INTERNAL
from apitest_server.deploy.store import STORE
from apitest_server.errors import Conflict, HTTPError, ServerFault, ServiceUnavailable
from apitest_server.internal.crud import Between, Name, OneOf
from apitest_server.invoke.invoker import INVOKER
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import DateTime, Float, Int, List, Text
from apitest_server.statistics.keeper import KEEPER
from apitest_server.wsx.web_sockets import WEB_SOCKETS

_KNOWN = (Int("id"), "name", Int("pid"), "machine")
_OWN = (
    Int("cluster_id"), Text("host"), Int("port"), DateTime("started"), Float("up_seconds"), Text("log_level"),
)  # fmt: skip
_ROW = (*_KNOWN, *_OWN)
PEERS = Between("id", 1, 2**53)


def number_of(peer: Run) -> int:
    """The ID that another server has here, as long as it runs; 1 is this one."""
    return 2 + int(peer.id[:12], 16)


def peer_of(server: Server, number: int) -> Run:
    """Another server by its ID.

    Raises:
        ServerFault: there is none.
    """
    for peer in server.components[BUS].peers():
        if number_of(peer) == number:
            return peer
    raise ServerFault(f"There is no server with ID {number}")


class _NewName(Name):
    """A name, or an empty text for the one that it has."""

    def parse(self, value: object) -> str:
        """The name."""
        return "" if value == "" else super().parse(value)


class _Server(Service):
    async def shown(self, payload: dict[str, object]) -> dict[str, object]:
        """The row of the server that was asked for: what this service answers there.

        Raises:
            ServerFault: there is none.
        """
        number = int(str(payload["id"]))
        own = {**payload, "id": ServerInfo.id}
        answer = await self.server.components[NEIGHBOURS].ask(peer_of(self.server, number), self.name, own)
        return {**answer, "id": number}


class GetList(Service):
    """The servers of the cluster: all that run on one ODB, this one first."""

    name = "zato.server.get-list"

    class SimpleIO:
        """A row a server; of one that does not answer, what the ODB says of it."""

        input_optional = (Int("cluster_id"),)
        output_required = (*_KNOWN, "address")
        output_optional = _OWN

    async def handle(self) -> None:
        """Where it listens, since when, and how much it writes to its log."""
        have = self.server.components
        rows = [{**have[SERVER_INFO].row(), "address": have[BUS].address}]
        rows += await asyncio.gather(*(self._row(peer) for peer in have[BUS].peers()))
        self.response.payload[:] = rows

    async def _row(self, peer: Run) -> dict[str, object]:
        known = {"id": number_of(peer), "name": peer.server, "machine": peer.machine, "pid": peer.pid}
        try:
            found = await self.server.components[NEIGHBOURS].ask(peer, "zato.server.get-by-id", {"id": ServerInfo.id})
        except HTTPError:
            found = {}
        return {**known, **found, "id": known["id"], "address": peer.address}


class GetByID(_Server):
    """One server by its ID."""

    name = "zato.server.get-by-id"

    class SimpleIO:
        """1 is this one."""

        input_required = (PEERS,)
        output_required = _ROW

    async def handle(self) -> None:
        """500 where there is none, as clients expect it."""
        about, number = self.server.components[SERVER_INFO], self.request.input.id
        self.response.payload = about.row() if number == about.id else await self.shown({"id": number})


class Edit(_Server):
    """Renames the server, in server.conf as well, and sets how much it logs until it ends."""

    name = "zato.server.edit"

    class SimpleIO:
        """What is not given stays as it is; a level is one of Python's logging."""

        input_required = (PEERS,)
        input_optional = (
            _NewName("name", default=""), OneOf("log_level", "", "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL"),
        )  # fmt: skip
        output_required = _ROW

    async def handle(self) -> None:
        """At once."""
        about, given = self.server.components[SERVER_INFO], self.request.input
        if given.id == about.id:
            if given.name and given.name != about.name:
                await asyncio.to_thread(self._rename, given.name)
            if given.log_level:
                about.set_log_level(given.log_level)
            self.response.payload = about.row()
        else:
            self.response.payload = await self.shown({name: value for name, value in given.items() if value})

    def _rename(self, name: str) -> None:
        """What is kept under the server's name goes with it: statistics, and what other servers know."""
        have = self.server.components
        if any(peer.server == name for peer in have[BUS].peers()):
            raise Conflict(f"Another server of this ODB is called `{name}`")
        have[KEEPER].rename(name)
        try:
            have[SERVER_INFO].write_name(name)
        except HTTPError:
            have[KEEPER].rename(self.server.name)
            raise
        have[BUS].rename(name)
        have[SERVER_INFO].name = name


class Delete(_Server):
    """Forgets a server that has died without a word, at once; by itself that takes half a minute."""

    name = "zato.server.delete"

    class SimpleIO:
        """A server that runs is not deleted: it has to be stopped where it is."""

        input_required = (PEERS,)
        input_optional = (Int("cluster_id"),)
        output_required = (Int("id"), "name")

    async def handle(self) -> None:
        """What depended on it, such as its clients and the jobs that it ran, is free for others."""
        have, number = self.server.components, self.request.input.id
        if number == ServerInfo.id:
            raise Conflict(f"Server `{self.server.name}` cannot delete itself; stop it with: apitest server stop DIR")
        peer = peer_of(self.server, number)
        if await _is_alive(have[NEIGHBOURS], peer):
            where = f"process {peer.pid} on {peer.machine}"
            raise Conflict(f"Server `{peer.server}` runs ({where}); stop it with: apitest server stop DIR")
        await asyncio.to_thread(have[BUS].forget, peer)
        self.response.payload = {"id": number, "name": peer.server}


async def _is_alive(neighbours: Neighbours, peer: Run) -> bool:
    try:
        await neighbours.ask(peer, "zato.ping", {})
    except HTTPError as error:
        return error.status != ServiceUnavailable.status
    return True


class ReloadConfig(_Server):
    """Reads server.conf again: what can be changed while the server runs is in effect at once."""

    name = "zato.server.reload-config"

    class SimpleIO:
        """Of the server that is asked, if no ID is given."""

        input_optional = (Between("id", 1, 2**53, default=ServerInfo.id), Int("cluster_id"))
        output_required = (Int("id"), List("applied"), List("needs_restart"))

    async def handle(self) -> None:
        """``applied`` and ``needs_restart`` name what has changed since the server read it last; values stay unsaid."""
        given = self.request.input
        if given.id != ServerInfo.id:
            self.response.payload = await self.shown({"id": given.id})
            return
        config, changes = await asyncio.to_thread(self.server.components[SERVER_INFO].read_again)
        if "limits.request_timeout" in changes.applied:
            self.server.components[INVOKER].timeout = config.limits.request_timeout
        self.response.payload = {"id": given.id, **changes._asdict()}


class GetStatus(Service):
    """What this server is and does now: its version, its services and how they were deployed, calls and connections."""

    name = "zato.server.get-status"

    class SimpleIO:
        """Calls and errors are of all services since the start; times in seconds."""

        input_optional = (Int("cluster_id"),)
        output_required = (
            "name", "version", DateTime("started"), Float("up_seconds"), Int("services_internal"), Int("services_user"),
            Float("deployed_in"), "deployed_how", List("modules_disabled"), Int("calls"), Int("errors"),
            Int("connections"),
        )  # fmt: skip

    def handle(self) -> None:
        """Connections are those of WebSocket channels to this server."""
        have = self.server.components
        store, internal, figures = have[STORE], have[INTERNAL], have[KEEPER].figures
        figures.add_up()
        names = store.names()
        users = sum(store.is_users(name) for name in names)
        self.response.payload = {
            **have[SERVER_INFO].row(),
            "version": __version__,
            "services_internal": len(names) - users,
            "services_user": users,
            "deployed_in": round(internal.seconds, 3),
            "deployed_how": internal.how,
            "modules_disabled": internal.disabled,
            "calls": figures.calls,
            "errors": figures.errors,
            "connections": sum(1 for _ in have[WEB_SOCKETS].clients()),
        }
