"""Tests of apitest_server.outgoing.mongodb_client; those of apitest_server.outgoing.mongodb use it with a server."""

from pathlib import Path

import pytest
from pymongo.monitoring import ServerHeartbeatFailedEvent

from apitest_server.errors import ServiceUnavailable
from apitest_server.outgoing.mongodb_client import Client, opened
from apitest_server.outgoing.places import Place
from tests.ports import free_port
from tests.services.mongodb import MongoDB

pytestmark = pytest.mark.mongodb


def made(server: MongoDB, **fields: object) -> Client:
    watched = opened(
        "Orders", {"server_select_timeout": 60, **fields}, [Place("mongodb", server.host, server.port)], "", Path()
    )
    watched.close()
    return watched.client


def test_the_driver_does_as_the_definition_says(mongodb: MongoDB) -> None:
    """Times are in seconds there, and in milliseconds here; what is not said has a default."""
    plain = made(mongodb).options
    assert (plain.pool_options.max_pool_size, plain.pool_options.socket_timeout) == (10, 30)
    assert (plain.write_concern.document, plain.codec_options.tz_aware, plain.retry_writes) == (
        {"w": 1, "wtimeout": 5000, "j": False},
        True,
        True,
    )
    client = made(
        mongodb,
        app_name="shop",
        pool_size_max=3,
        socket_timeout=7,
        is_tz_aware=False,
        should_retry_write=False,
        read_pref_type="nearest",
        write_to_replica="majority",
        is_write_journal_enabled=True,
        write_timeout=2,
    )
    pool = client.options.pool_options
    assert (pool.max_pool_size, pool.socket_timeout, pool.metadata["application"]) == (3, 7, {"name": "shop"})
    assert (client.codec_options.tz_aware, client.options.retry_writes) == (False, False)
    assert client.read_preference.mongos_mode == "nearest"
    assert client.write_concern.document == {"w": "majority", "wtimeout": 2000, "j": True}


def test_one_of_several_servers_is_enough(mongodb: MongoDB) -> None:
    """Where all are away, each is named with its reason; those that become away later are noticed."""
    away, here = (Place("mongodb", "127.0.0.1", port) for port in (free_port(), mongodb.port))
    watched = opened("Orders", {"server_select_timeout": 60}, [away, here], "", Path())
    assert not watched.is_lost()
    watched._watch.failed(ServerHeartbeatFailedEvent(0.1, OSError("gone"), ("127.0.0.1", here.port)))
    watched._watch.failed(ServerHeartbeatFailedEvent(0.1, OSError("gone"), ("127.0.0.1", away.port)))
    assert watched.is_lost()
    watched.close()
    other = Place("mongodb", "127.0.0.1", free_port())
    with pytest.raises(ServiceUnavailable) as caught:
        opened("Orders", {}, [away, other], "", Path())
    refused = "; ".join(f"{place.where}: Connection refused" for place in (away, other))
    assert caught.value.details == f"`Orders` cannot be reached at {refused}"


def test_what_could_not_log_in_is_told() -> None:
    """Before anybody is asked."""
    place = [Place("mongodb", "127.0.0.1", 1)]
    with pytest.raises(ServiceUnavailable, match="`Orders` has a user, and no password yet: change-password sets it"):
        opened("Orders", {"username": "u"}, place, "", Path())
    wrong = {"write_to_replica": "0", "is_write_journal_enabled": True}
    with pytest.raises(ServiceUnavailable, match="`Orders` cannot be used as it is defined: Cannot set w to 0"):
        opened("Orders", wrong, place, "", Path())
