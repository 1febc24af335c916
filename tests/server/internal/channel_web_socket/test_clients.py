"""Tests of apitest_server.internal.channel_web_socket.clients."""

from pathlib import Path

from tests.server.wsx.serving import Listening, channel, run


def test_a_request_is_sent_to_everybody(tmp_path: Path) -> None:
    """Answers are not waited for; a channel that is not there is 404."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        number = server.channel().number
        service = "zato.channel.web-socket.broadcast"
        found = await server.call(service, {"id": number, "request_data": ["x"]})
        assert found == {"id": number, "clients": 1}
        assert (await guest.next())["data"] == ["x"]
        assert (await server.call(service, {"id": 99, "request_data": ""}))[0] == 404

    run(tmp_path, test, channel())
