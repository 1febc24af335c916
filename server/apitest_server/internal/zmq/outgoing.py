"""Outgoing ZeroMQ connections; services use them as ``self.out.zmq``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, OneOf
from apitest_server.internal.zmq._address import ADDRESS, METHOD, check_address
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Bool


def _validate(server: Server, fields: Attrs, number: int) -> None:
    check_address(fields)


ZMQ_OUTGOING = ObjectType(
    name="outgoing.zmq",
    title="Outgoing ZeroMQ connection",
    fields=(
        Field(Bool("is_active", default=True)),
        ADDRESS,
        Field(
            OneOf("socket_type", "PUSH", "PUB"), about="PUSH: one peer gets a message; PUB: all that subscribe to it"
        ),
        METHOD,
    ),
    validate=_validate,
)


class Create(crud.Create):
    """Creates an outgoing ZeroMQ connection; its socket is opened at once."""

    name = "zato.outgoing.zmq.create"
    object_type = ZMQ_OUTGOING


class Edit(crud.Edit):
    """Changes the given fields of an outgoing ZeroMQ connection, at once; the others keep their values."""

    name = "zato.outgoing.zmq.edit"
    object_type = ZMQ_OUTGOING


class Delete(crud.Delete):
    """Deletes an outgoing ZeroMQ connection."""

    name = "zato.outgoing.zmq.delete"
    object_type = ZMQ_OUTGOING


class GetList(crud.GetList):
    """Lists outgoing ZeroMQ connections by name; by page and search words."""

    name = "zato.outgoing.zmq.get-list"
    object_type = ZMQ_OUTGOING


class GetByID(crud.GetByID):
    """Returns an outgoing ZeroMQ connection, found by its ID."""

    name = "zato.outgoing.zmq.get-by-id"
    object_type = ZMQ_OUTGOING


class GetByName(crud.GetByName):
    """Returns an outgoing ZeroMQ connection, found by its name."""

    name = "zato.outgoing.zmq.get-by-name"
    object_type = ZMQ_OUTGOING
