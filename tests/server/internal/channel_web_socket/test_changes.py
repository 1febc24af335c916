"""Tests of apitest_server.internal.channel_web_socket.changes."""

import asyncio
from pathlib import Path

from tests.server.wsx.serving import Listening, channel, run

NAME = "zato.channel.web-socket.get-connection-changes"


def test_who_comes_and_goes(tmp_path: Path) -> None:
    """The answer comes with the news; what cannot be asked for is refused."""

    async def test(server: Listening) -> None:
        first = await server.call(NAME, {})
        assert (first["is_anew"], first["rows"], first["gone"], first["has_more"]) == (True, [], [], False)
        waiting = asyncio.create_task(server.call(NAME, {"position": first["position"], "timeout": 30}))
        guest = await server.connect()
        await guest.sign_in(client_id="till.1")
        news = await waiting
        [row] = news["rows"]
        assert (news["is_anew"], row["ext_client_id"], row["channel_name"]) == (False, "till.1", "one")
        assert "messages_in" not in row
        given = {"position": news["position"], "id": server.channel().number}
        assert (await server.call(NAME, given))["rows"] == []
        assert (await server.call(NAME, {"timeout": 31}))[0] == 400
        assert (await server.call(NAME, {"page_size": 1001}))[0] == 400

    run(tmp_path, test, channel())
