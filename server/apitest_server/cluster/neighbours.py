"""Other servers of the same ODB, called over their admin API."""

import asyncio
import json
from collections.abc import Collection, Iterable
from urllib.parse import quote

from apitest_server.cluster.calling import exchanged
from apitest_server.cluster.passes import Passes
from apitest_server.cluster.runs import Run
from apitest_server.components import Key
from apitest_server.errors import HTTPError, NotRunning, ServiceUnavailable

GRACE = 10.0  # seconds for another server to answer, next to what the service may take


class Refused(HTTPError):
    """Another server has refused; its status and what it said of that."""

    def __init__(self, status: int, details: str) -> None:
        super().__init__(details)
        self.status = status


class Neighbours:
    """Calls them, as only who has the key of the ODB can."""

    def __init__(self, passes: Passes) -> None:
        self._passes = passes

    async def ask(self, peer: Run, service: str, payload: object, seconds: float = 0.0) -> dict[str, object]:
        """What a service of another server answers; ``call`` for the event loop."""
        return await asyncio.to_thread(self.call, peer, service, payload, seconds)

    def call_all(self, peers: Iterable[Run], service: str, payload: object, fine: Collection[int] = ()) -> list[str]:
        """Calls a service of several servers, one after the other; returns what those said that did not do it.

        Args:
            peers: the servers.
            service: its name.
            payload: its input.
            fine: statuses of errors that say that there was nothing to do.
        """
        failures = []
        for peer in peers:
            try:
                self.call(peer, service, payload)
            except HTTPError as error:
                if error.status not in fine:
                    failures.append(f"{peer.server}: {error}")
        return failures

    def call(self, peer: Run, service: str, payload: object, seconds: float = 0.0) -> dict[str, object]:
        """What a service of another server answers; called in any thread but the loop's.

        Args:
            peer: the server.
            service: its name.
            payload: its input.
            seconds: that it may take by what it is asked to do.

        Raises:
            ServiceUnavailable: the server cannot be reached.
            HTTPError: it refuses.
        """
        status, envelope = self._exchanged(peer, service, payload, seconds + GRACE)
        if status == 401:
            raise ServiceUnavailable(f"The server at {peer.address} has another key; servers of one ODB must share it")
        try:
            details, answer = str(envelope["zato_env"]["details"]), envelope.get(_response_of(service))
        except (KeyError, TypeError, AttributeError):
            raise _silent(peer) from None
        if status != 200:
            raise Refused(status, details)
        if not isinstance(answer, dict):
            raise _silent(peer)
        return answer

    def _exchanged(
        self, peer: Run, service: str, payload: object, timeout: float
    ) -> tuple[int, dict[str, dict[str, object]]]:
        headers = {"Authorization": f"Bearer {self._passes.made(peer.id)}", "Content-Type": "application/json"}
        path = f"/zato/json/{quote(service, safe='')}"
        try:
            status, body = exchanged(peer, "POST", path, timeout, json.dumps(payload), headers)
            return status, json.loads(body)
        except (NotRunning, ValueError):
            raise _silent(peer) from None


def _response_of(service: str) -> str:
    return f"{service.replace('.', '_').replace('-', '_')}_response"


def _silent(peer: Run) -> ServiceUnavailable:
    return ServiceUnavailable(f"The server `{peer.server}` at {peer.address} does not answer")


NEIGHBOURS: Key[Neighbours] = Key("neighbours")
