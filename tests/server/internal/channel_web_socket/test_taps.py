"""Tests of apitest_server.internal.channel_web_socket.taps."""

from pathlib import Path

from tests.server.wsx.serving import Listening, channel, run

NAME = "zato.channel.web-socket"


def test_a_connection_is_watched(tmp_path: Path) -> None:
    """From the start of the tap to its end."""

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await guest.sign_in()
        connection = server.one().id
        tap = await server.call(f"{NAME}.start-tap", {"pub_client_id": connection})
        await guest.invoke({"a": 1})
        found = await server.call(f"{NAME}.read-tap", {**tap, "timeout": 1})
        first, second = found["frames"]
        assert (first["direction"], first["kind"], first["pub_client_id"]) == ("in", "text", connection)
        assert '"data": {"a":1}' in second["data"]
        assert found["dropped"] == 0
        assert await server.call(f"{NAME}.stop-tap", tap) == tap
        assert (await server.call(f"{NAME}.read-tap", tap))[0] == 404

    run(tmp_path, test, channel())


def test_a_channel_is_watched(tmp_path: Path) -> None:
    """By its ID; what is not here, and what is not clear, is refused."""

    async def test(server: Listening) -> None:
        number = server.channel().number
        tap = await server.call(f"{NAME}.start-tap", {"id": number, "size": 1})
        await (await server.connect()).sign_in()
        found = await server.call(f"{NAME}.read-tap", tap)
        assert (len(found["frames"]), found["dropped"]) == (1, 1)
        assert (await server.call(f"{NAME}.start-tap", {"id": 77}))[0] == 404
        assert (await server.call(f"{NAME}.start-tap", {"pub_client_id": "ws.x"}))[0] == 404
        assert (await server.call(f"{NAME}.start-tap", {"pub_client_id": "ws.x", "id": number}))[0] == 400
        assert (await server.call(f"{NAME}.start-tap", {}))[0] == 400
        assert (await server.call(f"{NAME}.read-tap", {**tap, "timeout": 31}))[0] == 400

    run(tmp_path, test, channel())


def test_a_number_is_the_id_of_no_tap(tmp_path: Path) -> None:
    """Whichever number, here or on any server."""

    async def test(server: Listening) -> None:
        for number in (5, 2**63):
            for service in ("read-tap", "stop-tap"):
                for here_only in (False, True):
                    status, details = await server.call(f"{NAME}.{service}", {"tap_id": number, "here_only": here_only})
                    assert (status, f"no tap with ID {number}" in details) == (404, True)

    run(tmp_path, test, channel())
