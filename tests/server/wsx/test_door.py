"""Tests of apitest_server.wsx.door."""

import asyncio
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.ports import free_port
from tests.server.wsx.serving import Listening, channel, run


async def refused(server: Listening, path: str = "/", port: int = 0, **options: object) -> int:
    with pytest.raises(InvalidStatus) as found:
        await server.connect(path, port, **options)
    status: int = found.value.response.status_code
    return status


def test_only_channels_are_upgraded(tmp_path: Path) -> None:
    """Any other path answers as it does to any request, and a channel's path is nothing to a plain request."""

    async def test(server: Listening) -> None:
        assert await refused(server, "/unknown") == 404
        assert await refused(server, "/zato/ping") == 200
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 404")
        writer.close()
        await (await server.connect("/chat?a=1")).sign_in()

    run(tmp_path, test, channel(path="/chat"))


def test_a_channel_with_a_port_is_found_there_only(tmp_path: Path) -> None:
    """Nothing else is found at its port."""
    port = free_port()

    async def test(server: Listening) -> None:
        assert (await (await server.connect("/", port)).sign_in())["meta"]["status"] == 200
        assert await refused(server, "/", 0) == 404
        assert await refused(server, "/zato/ping", port) == 404

    run(tmp_path, test, channel(port=port))


def test_only_so_many_may_connect(tmp_path: Path) -> None:
    """One more is refused until another one is gone."""

    async def test(server: Listening) -> None:
        first, _ = await server.connect(), await server.connect()
        assert await refused(server) == 503
        await first.connection.close()
        await server.until(lambda: len(list(server.web_sockets.clients())) == 1)
        await (await server.connect()).sign_in()

    run(tmp_path, test, channel(max_connections_per_address=2))


def test_origins_are_checked(tmp_path: Path) -> None:
    """Of browsers; other clients send none."""

    async def test(server: Listening) -> None:
        assert await refused(server, origin="https://evil.example") == 403
        for origin in (None, "https://one.example", "https://two.example:8443"):
            await (await server.connect(origin=origin)).sign_in()

    run(tmp_path, test, channel(origins="https://one.example, https://two.example:8443"))


def test_a_channel_that_is_gone_in_between_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The handshake is refused as if it had never been there."""

    async def test(server: Listening) -> None:
        channels = server.web_sockets.channels
        found = channels.find(0, "/")
        assert found is not None
        answers = iter([found, None])
        monkeypatch.setattr(channels, "find", lambda port, path: next(answers))
        assert await refused(server) == 404

    run(tmp_path, test, channel())


def test_the_caller_is_the_one_behind_a_trusted_proxy(tmp_path: Path) -> None:
    """Of any other client the header is not believed."""

    async def test(server: Listening) -> str:
        await server.connect(additional_headers={"X-Forwarded-For": "203.0.113.7"})
        return server.one().address

    assert run(tmp_path, test, channel()) == "127.0.0.1"
    other = tmp_path / "other"
    other.mkdir()
    assert run(other, test, "[main]\ntrusted_proxies = 127.0.0.1\n" + channel()) == "203.0.113.7"
