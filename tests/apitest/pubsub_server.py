"""A server that speaks publish/subscribe as wire-protocols describe it, over REST and WSX, and keeps it in memory."""

import base64
import itertools
import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection

from tests.apitest.wsx_server import WSXServer

CREDENTIALS = {"maria": "s3cret-w0rd", "outsider": "an0ther-w0rd"}
TOPICS = ("/orders", "/other", "/odd name")  # and all whose names begin like these


class Queue:
    """What one subscriber has not taken, or not acknowledged, yet."""

    def __init__(self, key: str, topic: str) -> None:
        self.key, self.topic, self.wrapped = key, topic, False
        self.connection: ServerConnection | None = None
        self.messages: list[dict[str, Any]] = []


class PubSubServer(WSXServer):
    """REST at ``address``, a WSX channel with a gateway at ``wsx_address``; ``maria`` may everything on `TOPICS`.

    Attributes:
        queues: by subscription key.
        published: all publications.
        acknowledged: IDs of deliveries.
        answer: what the next request over REST is answered with, status and body, whatever it asks for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wsx_address = self.address
        self.queues: dict[str, Queue] = {}
        self.published: list[dict[str, Any]] = []
        self.acknowledged: list[str] = []
        self.asked: list[str] = []
        self.answer: tuple[int, str] | None = None
        self._delivered: dict[str, tuple[Queue, list[dict[str, Any]]]] = {}
        self._ids = itertools.count(1)
        self._rest = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._rest.daemon_threads = True
        self._rest.broker = self  # type: ignore[attr-defined]
        self.address = f"http://127.0.0.1:{self._rest.server_port}"
        self._rest_thread = threading.Thread(target=self._rest.serve_forever, args=(0.01,))
        self._rest_thread.start()

    def close(self) -> None:
        self._rest.shutdown()
        self._rest_thread.join()
        self._rest.server_close()
        super().close()

    # ------------------------------------------------------------------ what it does

    def publish(self, topic: str, given: dict[str, Any]) -> dict[str, Any]:
        """Puts a message into the queues of a topic, and pushes it to those that are connected."""
        self.published.append({"topic_name": topic, **given})
        number = f"zpsm{next(self._ids):08x}"
        message = {"msg_id": number, "priority": 5, "mime_type": "text/plain", "delivery_count": 0, **given}
        for queue in self.queues.values():
            if queue.topic == topic:
                own = {**message, "topic_name": topic, "sub_key": queue.key}
                queue.messages.append(own)
                self.push(queue, [own])
        return {"msg_id": number}

    def subscribe(self, kind: str, topic: str, **how: Any) -> dict[str, Any]:
        """A new subscription, or the one that is there."""
        key = f"zpsk.{kind}.{topic.encode().hex()}"
        queue = self.queues.setdefault(key, Queue(key, topic))
        queue.__dict__.update(how)
        return {"sub_key": key, "queue_depth": len(queue.messages)}

    def push(self, queue: Queue, messages: list[dict[str, Any]], as_one: bool = False) -> None:
        """Delivers messages over WSX: each by itself, or all in one."""
        if queue.connection is None:
            return
        for message in messages:
            message["delivery_count"] += 1
        for part in [messages] if as_one else [[each] for each in messages]:
            number = f"delivery-{next(self._ids)}"
            self._delivered[number] = queue, part
            with suppress(ConnectionClosed):
                data = part if as_one or queue.wrapped else part[0]
                self._say(queue.connection, "zwsx.psrq", data, id=number, ctx={})

    def pull(self, queue: Queue) -> list[dict[str, Any]]:
        """What waits, highest priority first; it is out of the queue then."""
        found, queue.messages = sorted(queue.messages, key=lambda each: -each["priority"]), []
        return [{**each, "delivery_count": 1} for each in found]

    def administer(self, service: str, request: dict[str, Any]) -> dict[str, Any]:
        """What a service of the admin API returns, in its envelope."""
        topic = request["topic_name"]
        rows: list[dict[str, Any]] = [
            {"sub_key": one.key, "endpoint_name": one.key.split(".")[1], "current_depth_gd": len(one.messages)}
            for one in self.queues.values()
            if one.topic == topic
        ]
        if not topic.startswith(TOPICS):
            return {"zato_env": {"result": "ZATO_ERROR", "details": f"There is no topic `{topic}`"}}
        for row in rows:
            row["current_depth_non_gd"] = 0
        depth = {
            "current_depth_gd": max((row["current_depth_gd"] for row in rows), default=0),
            "current_depth_non_gd": 0,
        }
        key = f"{service.replace('.', '_').replace('-', '_')}_response"
        return {"zato_env": {"result": "ZATO_OK"}, key: depth if service.endswith(".get") else rows}

    # ------------------------------------------------------------------ WSX

    def _invoke_service(self, connection: ServerConnection, message: dict[str, Any]) -> None:
        service, request = message["data"]["service"].rpartition(".")[2], message["data"]["request"]
        reply = {"in_reply_to": message["meta"]["id"]}
        topic = request.get("topic_name", "")
        if service == "unsubscribe":
            self.queues.pop(f"zpsk.websockets.{topic.encode().hex()}", None)
            done: Any = None
        elif not topic.startswith(TOPICS):
            said = "You are not allowed to access this resource"
            self._say(connection, "zwsx.rsperr", {"cid": "c"}, status=403, error_message=said, **reply)
            return
        elif service == "subscribe-wsx":
            wrapped = bool(request.get("wrap_one_msg_in_list"))
            done = self.subscribe("websockets", topic, wrapped=wrapped, connection=connection)
        else:
            done = self.publish(topic, {name: value for name, value in request.items() if name != "topic_name"})
        self._say(connection, "zwsx.rspok", done, status=200, **reply)

    def _client_response(self, connection: ServerConnection, message: dict[str, Any]) -> None:
        number = message["meta"]["in_reply_to"]
        self.acknowledged.append(number)
        queue, messages = self._delivered.get(number, (Queue("", ""), []))
        queue.messages = [each for each in queue.messages if each not in messages]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Keeps the output of the tests clean."""

    def answer(self, status: int, document: Any) -> None:
        body = document if isinstance(document, str) else json.dumps(document)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self) -> None:
        broker: PubSubServer = self.server.broker  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(urlsplit(self.path).path)
        broker.asked.append(f"{self.command} {path}")
        scheme, _, credentials = self.headers.get("Authorization", "").partition(" ")
        user, _, password = base64.b64decode(credentials).decode().partition(":")
        action, _, topic = path.removeprefix("/zato/pubsub/").partition("topic/")
        if path.startswith("/zato/json/") and not broker.answer:
            self.answer(200, broker.administer(path.rpartition("/")[2], json.loads(body)))
        elif broker.answer:
            self.answer(*broker.answer)
        elif scheme != "Basic" or user != "maria" or CREDENTIALS[user] != password or not topic.startswith(TOPICS):
            self.answer(403, {"result": "Error", "cid": "c", "details": "You are not allowed to access this resource"})
        else:
            self.act(broker, action, topic, json.loads(body or b"{}"))

    do_PATCH = do_DELETE = do_POST  # noqa: N815 - the names that http.server asks for

    def act(self, broker: PubSubServer, action: str, topic: str, given: dict[str, Any]) -> None:
        key = f"zpsk.rest.{topic.encode().hex()}"
        if self.command == "DELETE":
            broker.queues.pop(key, None)
            self.answer(200, {})
        elif action:
            self.answer(200, {} if key in broker.queues else broker.subscribe("rest", topic))
        elif self.command == "POST":
            self.answer(200, broker.publish(topic, given))
        elif key in broker.queues:
            self.answer(200, broker.pull(broker.queues[key]))
        else:
            details = f"You are not subscribed to topic `{topic}`"
            self.answer(400, {"result": "Error", "cid": "c", "details": details})
