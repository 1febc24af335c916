"""A server in the test's process beside a real broker: what the broker has to be told."""

import base64
import json
import urllib.request
from collections.abc import Mapping
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from tests.server.asgi import Client
from tests.server.messaging.waiting import LONGEST


class Rabbit:
    """The broker, through its management."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self._where = where

    @property
    def definition(self) -> dict[str, Any]:
        """The fields of an AMQP definition that leads to it."""
        return {
            "name": "broker",
            "host": self._where["APITEST_AMQP_HOST"],
            "port": int(self._where["APITEST_AMQP_PORT"]),
            "username": self._where["APITEST_AMQP_USERNAME"],
            "password": self._where["APITEST_AMQP_PASSWORD"],
        }

    @property
    def over_tls(self) -> dict[str, Any]:
        """The fields that change where TLS is used."""
        return {
            "port": int(self._where["APITEST_AMQP_TLS_PORT"]),
            "use_tls": True,
            "ca_certs": self._where["APITEST_AMQP_AUTHORITY"],
        }

    def call(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._where['APITEST_AMQP_MANAGEMENT']}/api/{path}", data, method=method)
        pair = f"{self._where['APITEST_AMQP_USERNAME']}:{self._where['APITEST_AMQP_PASSWORD']}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=LONGEST) as response:
            content = response.read()
        return json.loads(content) if content else None

    def queue(self, **arguments: object) -> str:
        """The name of a new durable queue."""
        name = f"queue-{token_hex(6)}"
        self.call("PUT", f"queues/%2F/{name}", {"durable": True, "arguments": arguments})
        return name

    def put(self, queue: str, text: str, **properties: object) -> None:
        """Sends a message to a queue."""
        body = {"routing_key": queue, "payload": text, "payload_encoding": "string", "properties": properties}
        assert self.call("POST", "exchanges/%2F/amq.default/publish", body)["routed"]

    def got(self, queue: str, most: int = 100) -> list[dict[str, Any]]:
        """What is in a queue, taken out of it."""
        body = {"count": most, "ackmode": "ack_requeue_false", "encoding": "auto"}
        found = self.call("POST", f"queues/%2F/{quote(queue)}/get", body)
        assert isinstance(found, list)
        return found

    def delete(self, queue: str) -> None:
        self.call("DELETE", f"queues/%2F/{quote(queue)}")


def defined(client: Client, rabbit: Rabbit, **fields: object) -> int:
    """The ID of a new definition."""
    return int(client.result("zato.definition.amqp.create", {**rabbit.definition, **fields})["id"])
