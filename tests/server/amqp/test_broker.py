"""Tests of apitest_server.amqp.broker."""

import asyncio
from pathlib import Path

import pytest

from apitest_server.amqp.broker import Broker, Lost, broker_of, close, connect, reason, told
from apitest_server.odb import StoredObject
from tests.ports import free_port
from tests.server.amqp.brokers import Rabbit


def leading_to(**fields: object) -> Broker:
    """A broker as a definition with these fields has it."""
    item = StoredObject(7, "definition.amqp", "d", {"host": "127.0.0.1", **fields}, {"password": ""})
    return broker_of(item, Path())


def of(rabbit: Rabbit, **fields: object) -> Broker:
    """The real one."""
    given = {**rabbit.definition, **fields}
    item = StoredObject(7, "definition.amqp", "d", given, {"password": given["password"]}, str)
    return broker_of(item, Path())


def test_where_a_definition_leads() -> None:
    """The address has no password; what a definition does not say has its default."""
    assert leading_to(username="me").where == "amqp://me@127.0.0.1:5672/"
    assert leading_to(username="me", host="::1", port=1, vhost="shop").where == "amqp://me@[::1]:1/shop"


def test_nobody_listens() -> None:
    """Why is told in words."""
    with pytest.raises(Lost, match=r"(?i)connect"):
        asyncio.run(connect(leading_to(port=free_port()), "test"))


def test_errors_hold_no_password() -> None:
    """Whatever a broker says."""
    secret = Broker("h", 1, "/", "u", "pa55word", 0, 0)
    with pytest.raises(Lost) as caught, told(secret):
        raise OSError(5, "no pa55word\nand more")
    assert "pa55word" not in str(caught.value)
    with pytest.raises(Lost, match="it does not answer"), told(secret):
        raise TimeoutError
    assert reason(OSError()) == "the connection was lost"
    for cause, expected in ((ConnectionResetError(104, "Reset"), "Reset"), (EOFError(), "the connection was lost")):
        wrapped = ValueError(f"Server connection: {cause!r}")
        wrapped.__cause__ = cause
        assert reason(wrapped) == expected


@pytest.mark.rabbitmq
def test_a_connection_to_a_broker(rabbit: Rabbit) -> None:
    """It can be used, and closed twice; frames are as small as the definition says."""

    async def test() -> None:
        connection = await connect(of(rabbit, frame_max=4096), "test")
        assert connection.connection_tune.frame_max == 4096
        channel = await connection.channel()
        assert not channel.is_closed
        await close(connection)
        await close(connection)

    asyncio.run(test())


@pytest.mark.rabbitmq
def test_a_connection_with_tls(rabbit: Rabbit) -> None:
    """Its certificate is verified, unless the definition says otherwise."""
    for more in ({}, {"ca_certs": "", "validate_tls": False}):
        broker = of(rabbit, **{**rabbit.over_tls, **more})
        assert broker.where.startswith("amqps://apitest@127.0.0.1:")

        async def test(broker: Broker = broker) -> None:
            connection = await connect(broker, "test")
            assert connection.is_opened
            await close(connection)

        asyncio.run(test())
    with pytest.raises(Lost, match="certificate verify failed"):
        asyncio.run(connect(of(rabbit, **{**rabbit.over_tls, "ca_certs": ""}), "test"))
    with pytest.raises(Lost):  # Nobody speaks TLS there
        asyncio.run(connect(of(rabbit, **{**rabbit.over_tls, "port": rabbit.definition["port"]}), "test"))


@pytest.mark.rabbitmq
@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"password": "wrong"}, "refuses the user name or the password"),
        ({"vhost": "none"}, "does not let `apitest` use the virtual host `none`"),
    ],
)
def test_a_broker_refuses(rabbit: Rabbit, fields: dict[str, object], problem: str) -> None:
    """What it says is told."""
    with pytest.raises(Lost, match=problem):
        asyncio.run(connect(of(rabbit, **fields), "test"))
