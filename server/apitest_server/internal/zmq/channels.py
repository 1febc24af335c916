"""ZeroMQ channels: services that are called with the messages of a socket."""

from apitest_server.deploy.store import STORE
from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, OneOf
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_address(fields)
    if fields.service not in server.components[STORE].names():
        raise InputError("service", f"is not the name of a deployed service: `{fields.service}`")


ZMQ_CHANNEL = ObjectType(
    name="channel.zmq",
    title="ZeroMQ channel",
    fields=(
        Field(Bool("is_active", default=True)),
        ADDRESS,
        Field(OneOf("socket_type", "PULL", "SUB"), about="PULL: what peers push; SUB: what they publish"),
        METHOD,
        Field(Text("sub_key", default=""), about="What messages begin with that SUB takes; empty: all"),
        Field(Text("service"), required=True, searched=True),
        Field(OneOf("data_format", "", "json"), about="json: a message is decoded"),
    ),
    validate=_validate,
)


class Create(crud.Create):
    """Creates a ZeroMQ channel; it receives messages at once."""

    name = "zato.channel.zmq.create"
    object_type = ZMQ_CHANNEL


class Edit(crud.Edit):
    """Changes the given fields of a ZeroMQ channel, at once; the others keep their values."""

    name = "zato.channel.zmq.edit"
    object_type = ZMQ_CHANNEL


class Delete(crud.Delete):
    """Deletes a ZeroMQ channel; a service that it has called ends as it would."""

    name = "zato.channel.zmq.delete"
    object_type = ZMQ_CHANNEL


class GetList(crud.GetList):
    """Lists ZeroMQ channels by name; by page and search words."""

    name = "zato.channel.zmq.get-list"
    object_type = ZMQ_CHANNEL


class GetByID(crud.GetByID):
    """Returns a ZeroMQ channel, found by its ID."""

    name = "zato.channel.zmq.get-by-id"
    object_type = ZMQ_CHANNEL


class GetByName(crud.GetByName):
    """Returns a ZeroMQ channel, found by its name."""

    name = "zato.channel.zmq.get-by-name"
    object_type = ZMQ_CHANNEL
