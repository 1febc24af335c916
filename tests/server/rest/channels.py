"""A server with services to call over HTTP, and how tests make channels and connections to them."""

from typing import Any

from tests.server.asgi import Client

CONF = """
[security]
[[staff]]
type = basic-auth
username = u
password = p
[rest]
[[one]]
path = /one
service = zato.ping
methods = GET, POST
security = staff
"""
SERVICES = """\
from zato.server.service import Service
class Echo(Service):
    name = 'my.echo'
    def handle(self):
        return {'payload': self.request.payload, 'params': self.request.http.params}
class Envelope(Service):
    name = 'my.envelope'
    def handle(self):
        if b'bad' in self.request.payload:
            raise ValueError('internal')
        return '<got>' + self.request.payload.decode() + '</got>'
class Calling(Service):
    name = 'my.calling'
    def handle(self):
        return self.out.rest[self.request.payload['name']].conn.post(self.cid, {'a': 1}, {'id': 7}).data
"""


def channel(client: Client, name: str = "a", **fields: Any) -> int:
    given = {"connection": "channel", "transport": "plain_http", "url_path": f"/{name}", "service": "my.echo"}
    return int(client.result("zato.http-soap.create", {"name": name, **given, **fields})["id"])


def outgoing(client: Client, host: str, name: str = "CRM", **fields: Any) -> int:
    given = {"connection": "outgoing", "transport": "plain_http", "host": host, "url_path": "/customers/{id}"}
    return int(client.result("zato.http-soap.create", {"name": name, **given, **fields})["id"])
