"""What tests of file transfer have in common: services that files call."""

from typing import Any

from tests.server.asgi import Client

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


def status(client: Client, number: int) -> Any:
    return client.result("zato.channel.file-transfer.get-status", {"id": number})
