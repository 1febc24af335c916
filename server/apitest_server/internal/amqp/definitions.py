"""AMQP definitions: where a broker is, and who the server is there. Channels and outgoing connections refer to them."""

from time import perf_counter

from apitest_server.amqp.broker import Lost, close, connect
from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.errors import ServiceUnavailable
from apitest_server.internal import crud
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, Text

AMQP_DEFINITION = ObjectType(
    name="definition.amqp",
    title="AMQP definition",
    fields=(
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=5672)),
        Field(Text("vhost", default="/"), searched=True, about="A virtual host of the broker"),
        Field(Text("username"), required=True, searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Between("frame_max", 0, 2**31 - 1, default=131_072), about="In bytes"),
        Field(Between("heartbeat", 0, 65_535, default=30), about="In seconds; 0: none"),
        Field(Bool("use_tls", default=False)),
        *VERIFIED,
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(AMQP_DEFINITION, __name__)


class Ping(Service):
    """Connects to the broker of a definition, and says whether that worked."""

    name = "zato.definition.amqp.ping"

    class SimpleIO:
        """By ID or by name."""

        input_optional = (Int("id"), "name", Int("cluster_id"))
        output_required = (Bool("is_success"), "info")

    async def handle(self) -> None:
        """503 where it did not, and why."""
        number, name = crud.named(self.server, AMQP_DEFINITION, self.request.input)
        broker = self.server.components[AMQP_KEY].broker(number)
        started = perf_counter()
        try:
            await close(await connect(broker, f"{self.server.name}: {name}"))
        except Lost as lost:
            raise ServiceUnavailable(f"{broker.where}: {lost}") from None
        took = (perf_counter() - started) * 1000
        self.response.payload = {"is_success": True, "info": f"{broker.where} took {took:.0f} ms"}
