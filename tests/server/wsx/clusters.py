"""Two clusters of one server each, both processes with an ODB of their own: one calls the other over WebSockets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port
from tests.server.cluster.pair import Member

USERS = Path(__file__).parents[2] / "fixtures" / "users_services"
CALLED = """
from zato.server.service import Service

class Order(Service):
    name = 'shop.order'
    class SimpleIO:
        input_required = ('article',)
        output_required = ('article', 'total')
    def handle(self):
        self.response.payload = {'article': self.request.input.article, 'total': 10}

class Publish(Service):
    name = 'shop.publish'
    def handle(self):
        self.response.payload = {'msg_id': self.pubsub.publish(**self.request.payload)}
"""
CALLING = """
from zato.server.service import Opaque, Service

class Call(Service):
    name = 'test.call'
    def handle(self):
        with self.out.wsx.get('Shop').conn.client() as client:
            self.response.payload = client.invoke(self.request.payload)

class CallOnTheLoop(Service):
    name = 'test.call-on-the-loop'
    async def handle(self):
        with self.out.wsx.get('Shop').conn.client() as client:
            self.response.payload = await client.invoke(self.request.payload)

EVENTS = []

class Hook(Service):
    name = 'test.hook'
    class SimpleIO:
        input_optional = (Opaque('ctx'),)
    def handle(self):
        ctx = self.request.input.ctx
        EVENTS.append({'type': ctx.type, 'data': ctx.data.data})

class Events(Service):
    name = 'test.events'
    def handle(self):
        self.response.payload = {'events': list(EVENTS)}
"""


class Clusters:
    """Both."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.called = self._made(directory / "called", called=CALLED)
        users = {name: (USERS / f"{name}.py").read_text("utf-8") for name in ("outgoing", "hook")}
        self.calling = self._made(directory / "calling", calling=CALLING, **users)

    @property
    def address(self) -> str:
        """Of the gateway's channel."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    def events(self) -> list[dict[str, object]]:
        """What the hook was told."""
        found: list[dict[str, object]] = self.calling.call("test.events")["events"]
        return found

    def kinds(self) -> list[object]:
        return [event["type"] for event in self.events()]

    def start(self) -> None:
        """Both, with a gateway on the one, and a connection to it on the other."""
        self.called.process.start()
        given = {"name": "partner", "username": "partner", "password": "a-password"}
        security = self.called.call("zato.security.basic-auth.create", given)["id"]
        fields = {"port": self.port, "host": "127.0.0.1", "security_id": security}
        for name, service in (("gateway", "helpers.web-sockets-gateway"), ("echo", "zato.helpers.echo")):
            channel = {"name": name, "service": service, "url_path": f"/{name}", **fields}
            number = self.called.call("zato.channel.web-socket.create", channel)["id"]
            given = {"name": name, "endpoint_type": "wsx", "ws_channel_id": number, "topic_patterns": "sub=/customer/*"}
            made = self.called.call("zato.pubsub.endpoint.create", given)
            assert "id" in made, made
        for topic in ("/customer/new", "/customer/changed"):
            assert "id" in self.called.call("zato.pubsub.topic.create", {"name": topic})
        self.calling.process.start()

    def connect(self, name: str, path: str = "/gateway", **fields: object) -> int:
        """Creates an outgoing connection; returns its ID."""
        address = f"ws://127.0.0.1:{self.port}{path}"
        who = {"username": "partner", "secret": "a-password", "max_reconnect_delay": 1}
        given = {"name": name, "address": address, **who, **fields}
        number: int = self.calling.call("zato.outgoing.wsx.create", given)["id"]
        return number

    def publish(self, topic: str, data: object, **options: object) -> str:
        """Publishes a message in the called cluster, with guaranteed delivery; returns its ID."""
        given = {"topic_name": topic, "data": data, "has_gd": True, **options}
        number: str = self.called.call("shop.publish", given)["msg_id"]
        return number

    def received(self) -> list[dict[str, object]]:
        """The messages of topics that the hook was given, in their order."""
        lists = [event["data"] for event in self.events() if event["type"] == "message"]
        return [message for messages in lists for message in messages]  # type: ignore[attr-defined]  # lists of these

    def stop(self) -> None:
        self.calling.process.stop()
        self.called.process.stop()

    def _made(self, directory: Path, **services: str) -> Member:
        (directory / "services").mkdir(parents=True)
        for name, text in services.items():
            (directory / "services" / f"{name}.py").write_text(text, "utf-8")
        (directory / "server.conf").write_text(f"[main]\nname = {directory.name}\n", "utf-8")
        return Member(directory)


@contextmanager
def both(directory: Path) -> Iterator[Clusters]:
    clusters = Clusters(directory)
    try:
        clusters.start()
        yield clusters
    finally:
        clusters.stop()
