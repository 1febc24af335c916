"""Clients of WebSocket channels, whichever server of the ODB they are connected to."""

import asyncio
import logging
from typing import Any

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.neighbours import Neighbours
from apitest_server.cluster.runs import Run
from apitest_server.components import Key
from apitest_server.errors import HTTPError, NotFound
from apitest_server.invoke.reply import encode
from apitest_server.odb import ODB
from apitest_server.wsx.channels import Connected
from apitest_server.wsx.facts import moving, shown
from apitest_server.wsx.listing import Wanted, page, run_of
from apitest_server.wsx.roll import Roll
from apitest_server.wsx.web_sockets import WebSockets

logger = logging.getLogger("apitest.wsx")
PREFIX = "zato.channel.web-socket."


class Cluster:
    """Lists clients, and talks to them."""

    def __init__(self, web_sockets: WebSockets, roll: Roll, odb: ODB, bus: Bus, neighbours: Neighbours) -> None:
        self._web_sockets = web_sockets
        self._roll = roll
        self._odb = odb
        self._bus = bus
        self._neighbours = neighbours

    def connections(self, wanted: Wanted) -> tuple[list[dict[str, object]], int]:
        """A page of connections, and how many there are on all pages; called in any thread but the loop's.

        Those of other servers are as they were some seconds ago.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        self._roll.flush()
        with self._odb.reading() as session:
            rows, total = page(session, wanted)
        return [self._shown(row) for row in rows], total

    async def invoke(self, connection: str, request: object, timeout: float) -> object:
        """What a client answers to a request.

        Raises:
            NotFound: there is no such connection, or it ends before the client has answered.
            ServiceTimeout: there was no answer in time.
        """
        client = self._here(connection)
        if client is not None:
            return await client.request(encode(request).decode("utf-8"), timeout)
        payload = {"pub_client_id": connection, "request_data": request, "timeout": timeout}
        answer = await self._elsewhere(connection, "invoke-wsx", payload, timeout)
        return answer["response_data"]

    async def disconnect(self, connection: str) -> None:
        """Closes a connection; returns once it is gone, and all that it took up.

        Raises:
            NotFound: there is no such connection.
        """
        client = self._here(connection)
        if client is None:
            await self._elsewhere(connection, "disconnect-connection", {"pub_client_id": connection}, 0.0)
            return
        gone = client.when_gone()
        client.disconnect("Disconnected by an administrator")
        await gone
        await asyncio.to_thread(self._roll.flush)

    async def broadcast(self, number: int, request: object) -> int:
        """Sends a request to everybody with a session on a channel; returns to how many.

        Raises:
            NotFound: there is no such channel, or it is not active.
        """
        clients = self._web_sockets.broadcast(number, request)
        payload = {"id": number, "request_data": request, "here_only": True}
        for peer in self._bus.peers():
            try:
                answer = await self._call(peer, "broadcast", payload, 0.0)
                clients += answer["clients"]
            except HTTPError as error:
                logger.warning("A broadcast did not reach the clients of %s: %s", peer.address, error)
        return clients

    async def run_of(self, connection: str) -> str:
        """The ID of the run of the server that a connection belongs to.

        Raises:
            NotFound: there is no such connection.
        """
        run_id = await asyncio.to_thread(self._run_of, connection)
        if self._bus.peer(run_id) is None:
            raise NotFound(f"There is no WebSocket connection with ID {connection}")
        return run_id

    def _here(self, connection: str) -> Connected | None:
        return self._web_sockets.find(connection)

    async def _elsewhere(self, connection: str, verb: str, payload: object, timeout: float) -> dict[str, Any]:
        peer = self._bus.peer(await self.run_of(connection))
        if peer is None:  # It has ended just now
            raise NotFound(f"There is no WebSocket connection with ID {connection}")
        return await self._call(peer, verb, payload, timeout)

    async def _call(self, peer: Run, verb: str, payload: object, timeout: float) -> dict[str, Any]:
        return await self._neighbours.ask(peer, PREFIX + verb, payload, timeout)

    def _run_of(self, connection: str) -> str:
        with self._odb.reading() as session:
            return run_of(session, connection)

    def _shown(self, row: dict[str, Any]) -> dict[str, object]:
        client = self._web_sockets.find(row["id"])
        if client is not None:
            row.update(moving(client))
        return shown(row)


CLUSTER = Key[Cluster]("websocket clients")
