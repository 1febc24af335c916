"""What ZeroMQ channels and outgoing connections have in common: where their sockets are."""

from apitest_server.errors import InputError
from apitest_server.internal.crud import Field, OneOf
from apitest_server.service.attrs import Attrs
from apitest_server.service.elements import Text
from apitest_server.zmq.place import problem_of

ADDRESS = Field(
    Text("address"), required=True, searched=True, about="Such as tcp://127.0.0.1:5555; bound, also tcp://*:5555"
)
METHOD = Field(OneOf("socket_method", "connect", "bind"), about="bind: peers connect to this server")


def check_address(fields: Attrs) -> None:
    """Refuses an address that no socket could have."""
    problem = problem_of(fields.address, fields.socket_method == "bind")
    if problem:
        raise InputError("address", problem)
