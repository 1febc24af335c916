"""How tests use the things, and see what is effective."""

from typing import Any

from apitest_server.errors import NotFound
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from tests.server.asgi import Client


class Names(Each):
    """What is effective in the running server."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}

    def check(self, item: StoredObject) -> None:
        if item.name == "impossible":
            raise NotFound("There is no place for it")

    def put(self, item: StoredObject) -> None:
        self.names[item.id] = item.name

    def remove(self, item: StoredObject) -> None:
        del self.names[item.id]


def create(client: Client, name: str, **fields: Any) -> int:
    return int(client.result("zato.test.thing.create", {"name": name, "host": "h", **fields})["id"])


def shown(client: Client, number: int) -> dict[str, Any]:
    return dict(client.result("zato.test.thing.get-by-id", {"id": number}))
