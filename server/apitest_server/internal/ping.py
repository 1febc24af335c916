"""Whether the server answers."""

from apitest_server.service.base import Service


class Ping(Service):
    """Answers ``{"pong": "zato"}``."""

    name = "zato.ping"

    class SimpleIO:
        """One field."""

        output_required = ("pong",)

    async def handle(self) -> None:
        """Answers at once, without a thread."""
        self.response.payload.pong = "zato"
