"""Tests of apitest_server.internal.kvdb.remote_command, against a Redis server."""

from pathlib import Path

from tests.server.asgi import Client, served
from tests.server.kvdb.place import section

COMMAND = "zato.kvdb.remote-command.execute"


def test_commands_reach_redis(tmp_path: Path, redis_url: str) -> None:
    """What one service stores another one reads."""
    service = "from zato.server.service import Service\nclass A(Service):\n    name = 'a'\n    def handle(self):\n"
    service += "        self.response.payload = self.kvdb.conn.get('features:a')\n"
    with served(tmp_path, section(redis_url), a=service) as client:
        assert client.result(COMMAND, {"command": 'SET features:a "b c"'}) == {"result": "OK"}
        assert client.result("a") == "b c"
        assert client.result(COMMAND, {"command": "DEL features:a"}) == {"result": 1}
        assert client.refused(COMMAND, {"command": "NOSUCHCOMMAND"})[0] == 400


def test_without_redis_it_says_what_to_set(untouched: Client) -> None:
    """Instead of failing obscurely."""
    told = "server.conf names no Redis. Set `host` in its section [kvdb]"
    assert untouched.refused(COMMAND, {"command": "PING"}) == (503, told)
