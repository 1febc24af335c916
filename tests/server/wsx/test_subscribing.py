"""Tests of apitest_server.wsx.subscribing, with two servers of one ODB that call a third one."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from apitest_server.odb.key import FILE_NAME
from apitest_server.wsx import link, subscribing
from tests.server.pubsub.subscribing import CONF as CALLED
from tests.server.pubsub.subscribing import prepare, publish
from tests.server.wsx.calling import Calling, address, calling
from tests.server.wsx.serving import Listening, run

CONF = "[main]\nname = {}\n[odb]\nurl = sqlite:///{}/shared.sqlite\n"


def subscribers(here: Listening) -> list[str]:
    """The IDs of clients that subscribe: those of the others have parts."""
    return [client.client_id for client in here.web_sockets.clients() if client.client_id.count(".") == 0]


def others(here: Listening) -> list[str]:
    return [client.client_id for client in here.web_sockets.clients() if client.client_id.count(".")]


def test_one_server_of_an_odb_subscribes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message comes to one of them; another one takes over when it ends, as the same client; all of them invoke."""
    monkeypatch.setattr(link, "FIRST_DELAY", 0.01)

    async def test(here: Listening) -> None:
        await prepare(here)
        async with AsyncExitStack() as stack:
            servers = [(await started(stack, tmp_path, "one"))]
            [(one, _)] = servers
            given = {"subscription_list": "/customer/new", "on_message_service_name": "test.hook"}
            await one.connect(address(here), username="user1", secret="secret1", **given)
            await here.until(lambda: len(subscribers(here)) == 1)
            servers.append(await started(stack, tmp_path, "two"))
            await here.until(lambda: len(subscribers(here)) == 1 and len(others(here)) == 1)
            [subscriber], [other] = subscribers(here), others(here)
            assert other.startswith(f"{subscriber}.")
            for there, _ in servers:
                asked = {"service": "test.echo", "request": there.app.name}
                assert await there.call("test.call", asked) == there.app.name
            hooks = [there.service("test.hook") for there, _ in servers]

            def heard() -> list[object]:
                events = [event for hook in hooks for event in hook.heard]  # type: ignore[attr-defined]  # the test's own
                return [message["data"] for _, messages in events for message in messages]

            await publish(here, "first", has_gd=True)
            await here.until(lambda: bool(heard()))
            [(_, ours)] = [each for each in servers if each[0].connection.links[0].is_subscribing]
            await ours.aclose()
            await publish(here, "second", has_gd=True)
            await here.until(lambda: subscribers(here) == [subscriber] and not others(here))
            await here.until(lambda: len(heard()) == 2)
            assert sorted(heard()) == ["first", "second"]  # type: ignore[type-var]  # texts

    run(tmp_path, test, CALLED)


async def started(stack: AsyncExitStack, directory: Path, name: str) -> tuple[Calling, AsyncExitStack]:
    """A server of the ODB, and what ends it."""
    own = await stack.enter_async_context(AsyncExitStack())
    if name != "one":
        (directory / name).mkdir()
        shutil.copy(directory / "one" / FILE_NAME, directory / name / FILE_NAME)
    return await own.enter_async_context(calling(directory / name, CONF.format(name, directory))), own


class Bus:
    """A bus that never comes up."""

    run_id = "b"
    is_up = False

    def __init__(self) -> None:
        self.told: list[object] = []

    def hear(self, subject: str, listener: object) -> None: ...
    def gone(self, listener: object) -> None: ...
    def missed(self, listener: object) -> None: ...

    def tell(self, subject: str, data: object) -> None:
        self.told.append(data)

    def peers(self) -> list[object]:
        return []


def test_a_server_whose_bus_does_not_come_up_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some time; once it has ended it decides nothing."""
    monkeypatch.setattr(subscribing, "_LOOK", 0.001)
    found: list[bool] = []

    async def main() -> None:
        made = subscribing.Subscribing(Bus(), found.append)  # type: ignore[arg-type]  # as much as is used of it
        made._look_again()
        made.start()
        while not found:
            await asyncio.sleep(0.002)
        made.close()
        made._look()
        made._look_again()

    asyncio.run(main())
    assert found == [True]
