"""Messages in the memory of other servers: whoever has one is asked for it."""

from collections.abc import Mapping

from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.errors import HTTPError, NotFound
from apitest_server.internal.pubsub._named import PubSubService
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool

HERE_ONLY = Bool("here_only", default=False)  # Leaves out what other servers have in their memory
_HAS_NOTHING = (404, 503)  # It does not know of it, or does not answer


async def elsewhere(server: Server, service: str, given: Mapping[str, object]) -> dict[str, object] | None:
    """What a service answers on the other server that has a message in its memory; ``None`` where none has.

    Raises:
        HTTPError: the one that has it refuses.
    """
    for peer in server.components[BUS].peers():
        try:
            return await server.components[NEIGHBOURS].ask(peer, service, {**given, "here_only": True})
        except HTTPError as error:
            if error.status not in _HAS_NOTHING:
                raise
    return None


class OfMessage(PubSubService):
    """What is done to one message, on the server that has it."""

    async def handle(self) -> None:
        """404 where it is not there any more, on any server."""
        try:
            self.response.payload = await self.here()
        except NotFound:
            found = None if self.given["here_only"] else await elsewhere(self.server, self.name, self.asked())
            if found is None:
                raise
            self.response.payload = found

    async def here(self) -> dict[str, object]:
        """Does it, and returns the answer.

        Raises:
            NotFound: neither the ODB nor this server's memory has the message.
        """
        raise NotImplementedError

    def asked(self) -> dict[str, object]:
        """The input, for another server."""
        return {name: value for name, value in self.given.items() if value is not None}
