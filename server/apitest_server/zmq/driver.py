"""The driver of ZeroMQ, which is loaded with the first socket, and what sockets are like here."""

from typing import TYPE_CHECKING

from apitest_server.outgoing.driver import Driver
from apitest_server.zmq.peers import Peers
from apitest_server.zmq.place import Place

if TYPE_CHECKING:
    from zmq.asyncio import Context, Socket

DRIVER = Driver("ZeroMQ", "zmq", "pyzmq", "zmq")
_LINGER = 1000  # milliseconds that what was sent has until a closed socket is gone
_AGAIN = (100, 5000)  # milliseconds until it connects again: at first, at most


def socket_of(context: "Context", place: Place) -> "tuple[Socket, Socket]":
    """A socket that is bound, or connects, and another one which tells of its peers.

    Raises:
        zmq.ZMQError: it cannot be bound there, or connect.
    """
    import zmq

    socket = context.socket(getattr(zmq, place.socket_type))
    monitor = None
    try:
        socket.set(zmq.IPV6, int("[" in place.address))
        socket.set(zmq.LINGER, _LINGER if place.socket_type == "PUSH" else 0)
        socket.set(zmq.TCP_KEEPALIVE, 1)  # A peer that was switched off is found to be gone
        socket.set(zmq.TCP_KEEPALIVE_IDLE, 30)
        socket.set(zmq.TCP_KEEPALIVE_INTVL, 10)
        socket.set(zmq.TCP_KEEPALIVE_CNT, 3)
        socket.set(zmq.RECONNECT_IVL, _AGAIN[0])
        socket.set(zmq.RECONNECT_IVL_MAX, _AGAIN[1])
        if place.socket_type == "PUSH":
            socket.set(zmq.IMMEDIATE, 1)  # Else messages would be taken for sent that wait for nobody
        if place.socket_type == "SUB":
            socket.subscribe(place.sub_key)
        begun = zmq.EVENT_ACCEPTED | zmq.EVENT_CONNECTED
        events = begun | zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED
        monitor = socket.get_monitor_socket(events)
        if place.is_bound:
            socket.bind(place.address)
        else:
            socket.connect(place.address)
    except BaseException:
        close(socket, monitor)
        raise
    return socket, monitor


def close(socket: "Socket", monitor: "Socket | None") -> None:
    """Closes a socket, and that which tells of its peers."""
    if monitor is not None:
        socket.disable_monitor()
        monitor.close(linger=0)
    socket.close()


async def told(monitor: "Socket", peers: Peers) -> None:
    """Waits for what a monitor tells next, and takes it down."""
    from zmq import EVENT_DISCONNECTED, EVENT_HANDSHAKE_SUCCEEDED
    from zmq.utils.monitor import recv_monitor_message

    message = await recv_monitor_message(monitor)
    if message["event"] == EVENT_HANDSHAKE_SUCCEEDED:
        peers.succeeded()
    elif message["event"] == EVENT_DISCONNECTED:
        peers.ended(int(message["value"]))
    else:
        peers.begun(int(message["value"]))
