"""Tests of apitest_server.internal.ping."""

from pathlib import Path

from tests.server.asgi import served


def test_a_ping_is_answered_with_a_pong(tmp_path: Path) -> None:
    """By name, from wherever."""
    with served(tmp_path) as client:

        async def ping() -> object:
            return await client.app.invoke("zato.ping", None)

        assert client.runner.run(ping()) == {"pong": "zato"}
