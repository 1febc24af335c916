"""Tests of apitest_server.app."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from apitest_server.app import ROOMS, App
from apitest_server.components import Key
from apitest_server.config import parse
from apitest_server.deploy.hot_deploy import DEPLOYMENT
from apitest_server.errors import StartError
from apitest_server.room import Host, Room
from tests.server.asgi import Answer, served


def test_the_server_answers_a_ping(tmp_path: Path) -> None:
    """zato.ping is there without any configuration."""
    with served(tmp_path) as client:
        for answer in (client.get("/zato/ping"), client.post("/zato/ping")):
            env = {"result": "ZATO_OK", "cid": answer.headers["x-zato-cid"], "details": ""}
            assert answer.json() == {"zato_env": env, "zato_ping_response": {"pong": "zato"}}


def test_a_disabled_module_is_not_deployed(tmp_path: Path) -> None:
    """[deploy_internal] switches modules off; who calls one of its services is told that there is none."""
    with served(tmp_path, "[deploy_internal]\nping = False\n") as client:
        assert "zato.ping" not in client.app.store.names()
        assert client.get("/zato/ping").status == 404


def test_the_services_directory_has_to_exist(tmp_path: Path) -> None:
    """The error says which section names it."""
    with pytest.raises(StartError, match=r"directory of services does not exist(?s:.*)section \[services\]"):
        App(parse("", tmp_path / "server.conf"))


def test_two_files_with_one_service_are_told(tmp_path: Path) -> None:
    """The second one is refused, the log names both files, and the server serves the rest."""
    text = "from zato.server.service import Service\nclass A(Service):\n    name='a'\n    def handle(self): pass\n"
    with served(tmp_path, one=text, two=text) as client:
        (status,) = [status for status in client.app.deployment.status() if status.error]
        assert "one.py and " in status.error
        assert client.get("/zato/ping").status == 200


def test_the_rooms_make_all_components(tmp_path: Path) -> None:
    """Each key of a module has its component."""
    known = (module for name, module in sys.modules.items() if name.startswith("apitest_server."))
    keys = {id(key): key for module in known for key in vars(module).values() if isinstance(key, Key)}
    with served(tmp_path) as client:
        assert client.app.components[DEPLOYMENT] is client.app.deployment
        for key in keys.values():
            assert client.app.components[key] is not None


def test_rooms_start_in_order_and_close_in_reverse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room closes before those whose components it uses."""
    happened: list[str] = []

    class Noting:
        def __init__(self, name: str) -> None:
            self.name = name

        def open_room(self, server: Host) -> Room:
            return Room(
                start=lambda: happened.append(f"start {self.name}"),
                close=lambda: happened.append(f"close {self.name}"),
            )

    monkeypatch.setattr("apitest_server.app.ROOMS", (*ROOMS, Noting("one"), Noting("two")))
    with served(tmp_path):
        assert happened == ["start one", "start two"]
    assert happened[2:] == ["close two", "close one"]


def test_the_life_cycle_is_that_of_asgi(tmp_path: Path) -> None:
    """Startup and shutdown are confirmed, and a WebSocket nobody serves is closed."""
    (tmp_path / "services").mkdir()
    app = App(parse("", tmp_path / "server.conf"))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def main() -> None:
        await app({"type": "lifespan"}, receive, send)
        await app({"type": "websocket"}, receive, send)

    asyncio.run(main())
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
        "websocket.close",
    ]


def test_shutdown_does_not_wait_for_ever(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Background work that does not end in time is left behind, and the log says so."""
    text = (
        "import asyncio\nfrom zato.server.service import Service\n"
        "class A(Service):\n    name='a'\n    async def handle(self): await asyncio.sleep(60)\n"
    )
    with served(tmp_path, "[limits]\nshutdown_timeout = 0.05\n", one=text) as client:
        client.app.invoke_async("a", None)
        client.get("/zato/ping")
    assert "did not end in time" in caplog.text


def test_no_request_fails_while_the_service_is_replaced(tmp_path: Path) -> None:
    """Each answer is of one version, also where a part of it is imported late; the last one is of the newest."""
    text = (
        "from zato.server.service import Service\nNUMBER = {0}\nclass A(Service):\n    name='a'\n"
        "    def handle(self):\n        from .one import NUMBER as late\n        return [{0}, NUMBER, late]\n"
    )
    with served(tmp_path, "[rest]\n[[a]]\npath = /a\nservice = a\n", one=text.format(0)) as client:
        deployment = client.app.deployment

        def replace() -> None:
            for number in range(1, 21):
                if number % 2:
                    deployment.deploy("one.py", text.format(number))
                else:
                    (tmp_path / "services" / "one.py").write_text(text.format(number))
                    deployment.scan()
                    deployment.scan()

        async def load() -> list[Answer]:
            replacing = asyncio.get_running_loop().run_in_executor(None, replace)
            answers = []
            while not replacing.done():
                answers += await asyncio.gather(*(client.answer("GET", "/a", {}, b"", 1) for _ in range(20)))
            await replacing
            return [*answers, await client.answer("GET", "/a", {}, b"", 1)]

        answers = client.runner.run(load())
    assert {answer.status for answer in answers} == {200}
    versions = [answer.json() for answer in answers]
    assert all(len(set(version)) == 1 for version in versions)
    assert versions[-1] == [20, 20, 20]
    assert len({version[0] for version in versions}) > 3
