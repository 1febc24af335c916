"""Tests of apitest_server.wsx.subscribing, with two servers of one ODB that call a third one."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from apitest_server.odb.key import FILE_NAME
from apitest_server.wsx import link, subscribing
from tests.server.wsx.calling import Calling, address, calling
from tests.server.wsx.serving import Listening, channel, run
from tests.server.wsx.test_subscriber import FIELDS

CONF = "[main]\nname = {}\n[odb]\nurl = sqlite:///{}/shared.sqlite\n"


def subscribers(here: Listening) -> list[str]:
    """The IDs of clients that subscribe: those of the others have parts."""
    return [client.client_id for client in here.web_sockets.clients() if client.client_id.count(".") == 0]


def others(here: Listening) -> list[str]:
    return [client.client_id for client in here.web_sockets.clients() if client.client_id.count(".")]


def test_one_server_of_an_odb_subscribes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one takes over when it ends, as the same client; all of them invoke."""
    monkeypatch.setattr(link, "FIRST_DELAY", 0.01)

    async def test(here: Listening) -> None:
        async with AsyncExitStack() as stack:
            servers: list[tuple[Calling, AsyncExitStack]] = []
            for name in ("one", "two"):
                own = await stack.enter_async_context(AsyncExitStack())
                directory = tmp_path / name
                if servers:
                    directory.mkdir()
                    shutil.copy(tmp_path / "one" / FILE_NAME, directory / FILE_NAME)
                there = await own.enter_async_context(calling(directory, CONF.format(name, tmp_path)))
                servers.append((there, own))
                if name == "one":
                    await there.connect(address(here), **FIELDS)
                    await here.until(lambda: len(subscribers(here)) == 1)
            await here.until(lambda: len(subscribers(here)) == 1 and len(others(here)) == 1)
            [subscriber], [other] = subscribers(here), others(here)
            assert other.startswith(f"{subscriber}.")
            for there, _ in servers:
                assert await there.call("test.call", {"service": "test.echo"}) == {"service": "test.echo"}
            [ours] = [one for one in servers if one[0].connection.links[0].is_subscribing]
            await ours[1].aclose()
            await here.until(lambda: subscribers(here) == [subscriber] and not others(here))

    run(tmp_path, test, channel())


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
