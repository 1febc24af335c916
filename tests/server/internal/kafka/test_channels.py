"""Tests of apitest_server.internal.kafka.channels."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served

GIVEN = {"name": "c", "is_active": False, "address": "h:1", "topic": "orders", "service": "zato.ping"}


def test_the_life_of_a_channel(tmp_path: Path) -> None:
    """As clients of such servers create it; its password is not shown."""
    with served(tmp_path) as client:
        number = client.result("zato.channel.kafka.create", {**GIVEN, "username": "u", "password": "s3cret"})["id"]
        row = client.result("zato.channel.kafka.get-by-name", {"name": "c"})
        assert row.items() >= {**GIVEN, "id": number, "pool_size": 1, "on_failure": "retry", "username": "u"}.items()
        assert "password" not in row
        assert client.result("zato.channel.kafka.get-list", {"cluster_id": 1}) == [row]
        assert client.refused("zato.channel.kafka.get-status", {"id": number})[0] == 404
        client.result("zato.channel.kafka.delete", {"id": number})
        assert client.result("zato.channel.kafka.get-list") == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"service": "none"}, "`service` is not the name of a deployed service: `none`"),
        ({"topic": " , "}, "`topic` must not be empty"),
        ({"topic": "a b"}, "`topic` must have letters, digits"),
        ({"address": "h"}, "`address` must be hosts with ports"),
    ],
)
def test_what_cannot_work_is_refused(untouched: Client, changed: dict[str, str], problem: str) -> None:
    """With the field."""
    status, details = untouched.refused("zato.channel.kafka.create", {**GIVEN, **changed})
    assert (status, problem in details) == (400, True)
