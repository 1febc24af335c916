"""IBM MQ definitions: queue managers. This server has no driver for IBM MQ; it keeps what clients define."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType
from apitest_server.service.elements import Bool, Text

WMQ_DEFINITION = ObjectType(
    name="definition.jms-wmq",
    title="IBM MQ definition",
    fields=(
        Field(Text("host"), required=True, searched=True, about="Kept only: this server has no driver for IBM MQ"),
        Field(Between("port", 1, 65535, default=1414)),
        Field(Text("queue_manager", default=""), searched=True),
        Field(Text("channel"), required=True, searched=True, about="Of IBM MQ, such as DEV.SVRCONN.1"),
        Field(Text("username", default="")),
        Field(Text("password"), stored="encrypted"),
        Field(Bool("ssl", default=False)),
        Field(Text("ssl_cipher_spec", default="")),
        Field(Text("ssl_key_repository", default="")),
        Field(Bool("needs_mcd", default=False)),
        Field(Bool("use_jms", default=False)),
        Field(Bool("cache_open_send_queues", default=True)),
        Field(Bool("cache_open_receive_queues", default=True)),
        Field(Bool("use_shared_connections", default=True)),
        Field(Between("max_chars_printed", 0, 1_000_000, default=100)),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(WMQ_DEFINITION, __name__)


class Ping(crud.Ping):
    """Says that there is no driver for IBM MQ."""

    name = "zato.definition.jms-wmq.ping"
    object_type = WMQ_DEFINITION
