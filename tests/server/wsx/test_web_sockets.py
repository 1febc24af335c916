"""Tests of apitest_server.wsx.web_sockets."""

from pathlib import Path

import pytest

from apitest_server.errors import NotFound
from tests.server.wsx.serving import Listening, channel, run


def test_clients_are_found_by_their_connection(tmp_path: Path) -> None:
    """One that is not there is nobody."""

    async def test(server: Listening) -> None:
        await server.connect()
        one = server.one()
        assert one.id.startswith("ws.")
        assert (server.web_sockets.find(one.id), server.web_sockets.find("ws.x")) == (one, None)

    run(tmp_path, test, channel())


def test_a_broadcast_reaches_everybody_with_a_session(tmp_path: Path) -> None:
    """And nobody else; a channel that is not there is said not to be."""

    async def test(server: Listening) -> None:
        guests = [await server.connect() for _ in range(3)]
        for guest in guests[:2]:
            await guest.sign_in()
        assert server.web_sockets.broadcast(server.channel().number, {"a": [1]}) == 2
        for guest in guests[:2]:
            asked = await guest.next()
            assert (asked["meta"]["msg_type"], asked["data"]) == ("zwsx.rqc", {"a": [1]})
        with pytest.raises(NotFound, match="There is no active WebSocket channel with ID 5"):
            server.web_sockets.broadcast(5, {})

    run(tmp_path, test, channel())
