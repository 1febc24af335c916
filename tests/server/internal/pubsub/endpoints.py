"""A server with topics and endpoints of REST, for tests, and calls of its REST API."""

import json
from base64 import b64encode
from typing import Any

from tests.server.asgi import Answer, Client

PASSWORD = "correct horse battery"
PATTERNS = "pub=/customer/*\nsub=/customer/*"


def topic(client: Client, name: str = "/customer/new", **fields: Any) -> int:
    """A new topic's ID."""
    number: int = client.result("zato.pubsub.topic.create", {"name": name, **fields})["id"]
    return number


def endpoint(client: Client, name: str = "crm", patterns: str = PATTERNS, **fields: Any) -> int:
    """The ID of a new endpoint, and of its credentials: its name is the user name."""
    credentials = {"name": name, "username": name, "password": PASSWORD}
    security = client.result("zato.security.basic-auth.create", credentials)["id"]
    wanted = {"name": name, "security_id": security, "topic_patterns": patterns, **fields}
    number: int = client.result("zato.pubsub.endpoint.create", wanted)["id"]
    return number


def rest(
    client: Client, method: str, path: str, body: Any = None, user: str | None = "crm", password: str = PASSWORD
) -> Answer:
    """An endpoint's call of the REST API; `path` is what follows /zato/pubsub/."""
    headers = {"Content-Type": "application/json"}
    if user is not None:
        headers["Authorization"] = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.request(method, f"/zato/pubsub/{path}", headers, content)


def publish(client: Client, data: Any, name: str = "/customer/new", user: str = "crm", **fields: Any) -> str:
    """Publishes over REST; returns the message's ID."""
    answer = rest(client, "POST", f"topic/{name}", {"data": data, **fields}, user)
    assert answer.status == 200, answer.text
    number: str = answer.json()["msg_id"]
    return number


def subscribe(client: Client, name: str = "/customer/new", user: str = "crm") -> str:
    """Subscribes over REST; returns the key of the subscription."""
    answer = rest(client, "POST", f"subscribe/topic/{name}", user=user)
    assert answer.status == 200, answer.text
    key: str = answer.json()["sub_key"]
    return key


def pull(
    client: Client, name: str = "/customer/new", user: str = "crm", password: str = PASSWORD
) -> list[dict[str, Any]]:
    """Takes what waits over REST."""
    answer = rest(client, "PATCH", f"topic/{name}", user=user, password=password)
    assert answer.status == 200, answer.text
    messages: list[dict[str, Any]] = answer.json()
    return messages
