"""Commands that Redis is given by hand."""

from apitest_server.errors import ComponentMissing, ServiceUnavailable
from apitest_server.internal.kvdb._commands import words
from apitest_server.kvdb.redis_server import REDIS
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Int


class Execute(Service):
    """Gives a command to the Redis of server.conf, such as ``SET a "b c"``, and returns what it answers."""

    name = "zato.kvdb.remote-command.execute"

    class SimpleIO:
        """As in redis-cli; ``result`` is a text, a number, a list or nothing."""

        input_required = ("command",)
        input_optional = (Int("cluster_id"),)
        output_required = (AsIs("result"),)

    def handle(self) -> None:
        """Commands that wait, or change the connection, are refused."""
        command = words(self.request.input.command)
        try:
            self.response.payload.result = self.server.components[REDIS].execute(command)
        except ComponentMissing as error:
            raise ServiceUnavailable(f"{error.problem}. {error.fix}") from None
