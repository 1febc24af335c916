"""Who comes to WebSocket channels, and who goes."""

from apitest_server.errors import InputError
from apitest_server.internal.channel_web_socket.clients import CHANNEL
from apitest_server.internal.crud.field_types import Between
from apitest_server.internal.crud.paging import LARGEST
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DictList, Float, Int, List, Text
from apitest_server.wsx.feed import FEED

_LONGEST = 30.0  # seconds


class GetConnectionChanges(Service):
    """Returns who has come to WebSocket channels, on all servers, and who has gone, since it was asked last.

    The first answer, and one with ``is_anew``, is of everybody who is connected: ``page_size`` of them, and then the
    others, as long as ``has_more`` says so.
    """

    name = "zato.channel.web-socket.get-connection-changes"

    class SimpleIO:
        """``position`` is that of the last answer; ``timeout`` is how many seconds to wait for something.

        ``rows`` are those of ``get-connection-list``, without what changes all the time; one that came before stands in
        its own place. ``gone`` are their ``pub_client_id``.
        """

        input_optional = (
            CHANNEL, Text("position"), Between("page_size", 1, LARGEST, default=LARGEST), Float("timeout", default=0.0),
            Int("cluster_id"),
        )  # fmt: skip
        output_required = ("position", Bool("is_anew"), DictList("rows"), List("gone"), Bool("has_more"))

    async def handle(self) -> None:
        """The ODB is looked at once a second at most, whoever asks, and by nobody if nobody asks."""
        given = self.request.input
        if not 0 <= given.timeout <= _LONGEST:
            raise InputError("timeout", f"must be a number of seconds from 0 to {_LONGEST:g}")
        feed = self.server.components[FEED]
        news = await feed.read(given.id, given.position or "", given.page_size, given.timeout)
        self.response.payload = news._asdict()
