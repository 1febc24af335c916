"""What tests of file transfer have in common: services that files call, and waiting for what becomes of them."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.server.asgi import Client

LONGEST = 60.0  # seconds that anything may take
CREATE = "zato.channel.file-transfer.create"
SERVICES = """
from zato.server.service import Service


class Keep(Service):
    name = 'keep'

    def handle(self):
        file = self.request.payload
        if file['raw_data'] == 'fail' and not self.cache.default.get('mended'):
            raise ValueError('not this one')
        kept = self.cache.default.get('kept') or []
        self.cache.default.set('kept', [*kept, [file['file_name'], file['data'], self.channel.type]])


class Kept(Service):
    name = 'kept'

    def handle(self):
        self.response.payload = {'kept': self.cache.default.get('kept') or []}


class Mend(Service):
    name = 'mend'

    def handle(self):
        self.cache.default.set('mended', True)
"""


def created(client: Client, **fields: object) -> int:
    given = {"name": "files", "pickup_from_list": "in", "interval": 0.1, "service_list": "keep", **fields}
    return int(client.result(CREATE, given)["id"])


def until(client: Client, holds: Callable[[], Any]) -> Any:
    """What a function returns, once that is true; meanwhile the server works."""
    ends = time.monotonic() + LONGEST
    while not (found := holds()):
        assert time.monotonic() < ends
        client.runner.run(asyncio.sleep(0.02))
    return found


def kept(client: Client, count: int = 1) -> Any:
    """What files have called the service with, once there are so many."""

    def found() -> Any:
        rows = client.result("kept")["kept"]
        return rows if len(rows) >= count else None

    return until(client, found)


def status(client: Client, number: int) -> Any:
    return client.result("zato.channel.file-transfer.get-status", {"id": number})
