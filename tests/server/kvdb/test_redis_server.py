"""Tests of apitest_server.kvdb.redis_server, against a Redis server."""

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from apitest_server.config.model import KeyValueDatabase
from apitest_server.errors import BadRequest, ComponentMissing, ServiceUnavailable
from apitest_server.kvdb.redis_server import RedisServer, plain
from tests.ports import free_port
from tests.services.redis import Redis


def settings(url: str, **changed: str | int) -> KeyValueDatabase:
    parts = urlsplit(url)
    given = {"host": parts.hostname, "port": parts.port, "password": parts.password}
    return KeyValueDatabase(**{**given, **changed})  # type: ignore[arg-type]


@pytest.fixture
def server(redis_url: str) -> Iterator[RedisServer]:
    server = RedisServer(settings(redis_url))
    yield server
    server.execute(["FLUSHALL"])
    server.close()


def test_commands_answer_what_redis_sends(server: RedisServer) -> None:
    """Texts, numbers, lists and nothing, whatever the driver would make of them."""
    assert server.execute(["SET", "a", "ä"]) == "OK"
    assert server.execute(["GET", "a"]) == "ä"
    assert server.execute(["GET", "none"]) is None
    assert server.execute(["HSET", "h", "x", "1", "y", "2"]) == 2
    assert server.execute(["HGETALL", "h"]) == ["x", "1", "y", "2"]
    assert server.execute(["SETRANGE", "b", "0", b"\xff".decode("latin-1")]) == 2
    assert plain([b"\xff", ValueError("x"), None]) == ["\\xff", "x", None]


def test_services_have_the_client_of_the_driver(server: RedisServer) -> None:
    """It decodes texts."""
    server.conn.hset("h", mapping={"x": "1"})
    assert server.conn.hgetall("h") == {"x": "1"}
    assert server.conn is server.conn


def test_what_redis_refuses_is_told(server: RedisServer) -> None:
    """In its words."""
    server.execute(["SET", "a", "b"])
    with pytest.raises(BadRequest, match=r"Redis refuses the command: .*integer"):
        server.execute(["INCR", "a"])


def test_who_may_not_or_cannot_reach_it_is_told_where_it_is(redis_url: str) -> None:
    """Without the password."""
    for wrong in ({"password": "wr0ng-password"}, {"port": free_port()}):
        server = RedisServer(settings(redis_url, **wrong))  # type: ignore[arg-type]
        with pytest.raises(ServiceUnavailable, match=r"Redis at 127\.0\.0\.1:") as caught:
            server.execute(["PING"])
        assert "wr0ng-password" not in caught.value.details
        server.close()


def test_connections_come_back_by_themselves() -> None:
    """After Redis was killed and started again."""
    redis = Redis()
    server = RedisServer(settings(redis.url))
    try:
        assert server.conn.ping()
        assert server.execute(["PING"]) == "PONG"
        redis.restart()
        assert server.conn.ping()
        assert server.execute(["PING"]) == "PONG"
    finally:
        server.close()
        redis.stop()


def test_without_redis_or_its_driver_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which setting, or which command."""
    with pytest.raises(ComponentMissing, match="names no Redis"):
        _ = RedisServer(KeyValueDatabase()).conn
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ComponentMissing) as caught:
        _ = RedisServer(KeyValueDatabase(host="x")).conn
    assert caught.value.fix == "Install it with: pip install apitest[redis]"
