"""A client that calls the server's ASGI application in this process: no port, no thread of its own."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from apitest_server.app import App
from apitest_server.cluster.local import token
from apitest_server.config import parse
from apitest_server.deploy.internal_services import CACHE
from apitest_server.odb.key import FILE_NAME
from apitest_server.service.asgi import Received, Scope
from tests.server.runner import Runner


@dataclass
class Answer:
    status: int
    raw_headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode("latin-1") for name, value in self.raw_headers}

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One server, started; requests run one after the other, or several at once with `together`."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.runner = Runner()
        self.runner.run(app.startup())

    def close(self) -> None:
        self.runner.run(self.app.shutdown())
        self.runner.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Answer:
        return self.request("POST", path, {"Content-Type": "application/json", **headers}, json.dumps(data).encode())

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"", chunk: int = 1 << 16
    ) -> Answer:
        return self.runner.run(self.answer(method, path, headers or {}, body, chunk))

    def call(self, service: str, payload: Any = None) -> Answer:
        """Calls a service over the admin API, as who may read the server's key."""
        return self.post(f"/zato/json/{service}", payload, Authorization=f"Bearer {token(self.app.odb.key)}")

    def result(self, service: str, payload: Any = None) -> Any:
        """What a service answers; it has to be good."""
        answer = self.call(service, payload)
        assert answer.status == 200, answer.text
        document = answer.json()
        return document.get(f"{service.replace('.', '_').replace('-', '_')}_response", document)

    def refused(self, service: str, payload: Any = None) -> tuple[int, str]:
        """Status and details of a service that refuses."""
        answer = self.call(service, payload)
        assert answer.json()["zato_env"]["result"] == "ZATO_ERROR"
        return answer.status, answer.json()["zato_env"]["details"]

    def together(self, paths: list[str]) -> list[Answer]:
        async def all_of_them() -> list[Answer]:
            return await asyncio.gather(*(self.answer("GET", path, {}, b"", 1) for path in paths))

        return self.runner.run(all_of_them())

    async def answer(self, method: str, path: str, headers: dict[str, str], body: bytes, chunk: int) -> Answer:
        sent: list[Mapping[str, Any]] = []
        chunks = [body[start : start + chunk] for start in range(0, len(body), chunk)] or [b""]
        messages: list[Received] = [
            {"type": "http.request", "body": part, "more_body": index + 1 < len(chunks)}
            for index, part in enumerate(chunks)
        ]

        async def receive() -> Received:
            if not messages:
                await asyncio.Event().wait()  # As long as the client is there
            return messages.pop(0)

        async def send(message: Mapping[str, Any]) -> None:
            sent.append(message)

        await self.app(scope(method, path, headers), receive, send)
        whole = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], sent[0]["headers"], whole)


def scope(method: str, path: str, headers: dict[str, str] | None = None) -> Scope:
    """An ASGI scope; underscores of header names become dashes."""
    plain, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": unquote(plain),
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").lower().encode(), value.encode("latin-1"))
            for name, value in (headers or {}).items()
        ],
        "http_version": "1.1",
        "client": ("127.0.0.1", 50000),
    }


_start_up_cache: list[bytes] = []  # And its key, of the first server for all others: each checks whether it may use it


def share_cache(directory: Path) -> tuple[Path, Path]:
    """Gives a server the cache and the key that the first one has made; returns their files."""
    cache = directory / CACHE
    key = directory / FILE_NAME
    if _start_up_cache and not cache.exists() and not key.exists():
        cache.parent.mkdir()
        for file, content in zip((cache, key), _start_up_cache, strict=True):
            file.write_bytes(content)
            file.chmod(0o600)
    return cache, key


@contextmanager
def served(directory: Path, conf: str = "", **files: str) -> Iterator[Client]:
    """A server of these service files (name without .py) and this server.conf."""
    services = directory / "services"
    services.mkdir(exist_ok=True)
    for name, text in files.items():
        (services / f"{name}.py").write_text(text, "utf-8")
    cache, key = share_cache(directory)
    client = Client(App(parse(conf, directory / "server.conf")))
    if not _start_up_cache and cache.exists():
        _start_up_cache.extend((cache.read_bytes(), key.read_bytes()))
    try:
        yield client
    finally:
        client.close()
