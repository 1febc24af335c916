"""What tests of ZeroMQ have in common: peers of their own, beside a server in the test's process."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import zmq

from tests.server.asgi import Client
from tests.server.messaging.waiting import LONGEST, until

SERVICES = """
from zato.server.service import Service


class Keep(Service):
    name = 'keep'

    def handle(self):
        if self.request.payload == 'fail':
            raise ValueError('not this one')
        kept = self.cache.default.get('kept') or []
        self.cache.default.set('kept', [*kept, [self.request.payload, self.request.zmq.topic]])


class Kept(Service):
    name = 'kept'

    def handle(self):
        self.response.payload = {'kept': self.cache.default.get('kept') or []}


class Send(Service):
    name = 'send'

    def handle(self):
        self.out.zmq.send(self.request.payload['data'], 'out', timeout=self.request.payload.get('timeout', 30))


class SendAsync(Service):
    name = 'send-async'

    async def handle(self):
        await self.out.zmq['out'].send(self.request.payload['data'], self.request.payload['topic'])
"""


@contextmanager
def peer(socket_type: int, address: str, is_bound: bool = False) -> Iterator[zmq.Socket[bytes]]:
    """A socket of somebody else."""
    with zmq.Context() as context, context.socket(socket_type) as socket:
        socket.set(zmq.LINGER, 0)
        socket.set(zmq.RECONNECT_IVL, 20)
        socket.set(zmq.RCVTIMEO, 0)
        socket.set(zmq.SNDTIMEO, int(LONGEST * 1000))
        if is_bound:
            _bind(socket, address)
        else:
            socket.connect(address)
        yield socket


def _bind(socket: "zmq.Socket[bytes]", address: str) -> None:
    """Again where the port is still that of a socket which is being closed."""
    ends = time.monotonic() + LONGEST
    while True:
        try:
            socket.bind(address)
        except zmq.ZMQError as error:
            if error.errno != zmq.EADDRINUSE or time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def came(socket: "zmq.Socket[bytes]") -> list[bytes]:
    """The frames of a message that has come; none if none has."""
    try:
        return socket.recv_multipart()
    except zmq.Again:
        return []


def arrives(client: Client, socket: "zmq.Socket[bytes]", data: bytes) -> bool:
    """Sends it until it has called the service: what a socket holds when it makes way for another one is lost."""

    def found() -> bool:
        socket.send(data)
        return [data.decode("utf-8"), ""] in client.result("kept")["kept"]

    return bool(until(client, found))
