"""Tests of apitest_server.outgoing.mongodb, against a MongoDB server."""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, Conflict, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.mongodb import MongoDBConnection
from tests.ports import free_port
from tests.server.outgoing.documents import documents
from tests.services.mongodb import MongoDB

pytestmark = pytest.mark.mongodb


def test_documents_are_used(orders: MongoDBConnection) -> None:
    """They are inserted, found, changed, counted and deleted, as pymongo has it, in any database."""
    with orders.conn.client() as client:
        goods = client["shop"]["goods"]
        goods.insert_many([{"_id": number, "name": name} for number, name in enumerate(("tea", "Zażółć"))])
        assert goods.update_one({"name": "tea"}, {"$set": {"price": 3}}).modified_count == 1
        assert list(goods.find({"price": {"$gt": 2}})) == [{"_id": 0, "name": "tea", "price": 3}]
    assert orders.conn.shop.goods.count_documents({}) == 2
    assert orders["shop"]["goods"].find_one({"_id": 1}) == {"_id": 1, "name": "Zażółć"}
    orders.shop.goods.delete_many({})
    assert list(orders.shop.goods.find()) == []
    with pytest.raises(AttributeError):
        orders._shop  # noqa: B018 - what begins so is no database


def test_many_threads_share_a_pool(mongodb: MongoDB, tmp_path: Path) -> None:
    """However small it is."""
    small = documents(mongodb, tmp_path, pool_size_max=2, wait_queue_timeout=120)

    def added(number: int) -> int:
        with small.client() as client:
            client.shop.threads.insert_one({"_id": number})
            return client.shop.threads.count_documents({"_id": number})

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(added, range(64))) == 64
    small.shop.drop_collection("threads")
    small.close()


def test_what_is_refused(orders: MongoDBConnection) -> None:
    """It is told in the server's words."""
    with orders.client() as client:
        client.shop.goods.insert_one({"_id": 1})
    with pytest.raises(Conflict, match="`Orders` has such a document already: E11000"), orders.client() as client:
        client.shop.goods.insert_one({"_id": 1})
    with pytest.raises(RemoteError, match="`Orders` refuses it: unknown top level operator"), orders.client() as client:
        list(client.shop.goods.find({"$none": 1}))
    with (
        pytest.raises(BadRequest, match="`Orders` cannot be asked for it: Invalid document"),
        orders.client() as client,
    ):
        client.shop.goods.insert_one({"a": object()})


@pytest.mark.parametrize("mechanism", ["DEFAULT", "SCRAM-SHA-1", "SCRAM-SHA-256"])
def test_the_server_asks_who_it_is(mongodb: MongoDB, tmp_path: Path, mechanism: str) -> None:
    """A wrong password is told, and is not in what is told; without a user almost nothing is allowed."""
    one = documents(mongodb, tmp_path, auth_mechanism=mechanism)
    assert one.ping() == f"127.0.0.1:{mongodb.port}"
    one.close()
    wrong = documents(mongodb, tmp_path, "not-this-one", auth_mechanism=mechanism)
    with pytest.raises(ServiceUnavailable) as caught:
        wrong.ping()
    assert caught.value.details == "`Orders` refuses to log in: Authentication failed."
    nobody = documents(mongodb, tmp_path, username="")
    with pytest.raises(RemoteError, match="requires authentication"), nobody.client() as client:
        client.shop.goods.find_one()
    nobody.close()


def test_over_tls(mongodb: MongoDB, tmp_path: Path) -> None:
    """With a certificate to show, in one file or in two; not where authorities or certificates are missing."""
    where = {"server_list": f"127.0.0.1:{mongodb.tls_port}", "is_tls_enabled": True, "ca_certs": str(mongodb.authority)}
    both = {"tls_cert_file": str(mongodb.client_both)}
    two = {"tls_cert_file": str(mongodb.client), "tls_private_key_file": str(mongodb.client_key)}
    for shown in (both, two, {**both, "ca_certs": "", "validate_tls": False}):
        one = documents(mongodb, tmp_path, **{**where, **shown})
        assert one.ping() == f"127.0.0.1:{mongodb.tls_port}"
        one.close()
    for wrong, told in (({}, "alert certificate required"), ({**both, "ca_certs": ""}, "certificate verify failed")):
        with pytest.raises(ServiceUnavailable, match=f"cannot be reached at 127.0.0.1:{mongodb.tls_port}: .*{told}"):
            documents(mongodb, tmp_path, **{**where, **wrong}).ping()
    with pytest.raises(BadRequest, match="`tls_cert_file` names a file that cannot be used: No such file"):
        documents(mongodb, tmp_path, **where, tls_cert_file="none.pem")
    with pytest.raises(ServiceUnavailable, match="connection closed"):
        documents(mongodb, tmp_path, server_list=where["server_list"]).ping()


def test_a_replica_set_that_is_another_one_is_told(mongodb: MongoDB, tmp_path: Path) -> None:
    """After the time that a server may take to be found."""
    other = documents(mongodb, tmp_path, replica_set="other", server_select_timeout=1)
    with pytest.raises(ServiceUnavailable, match='for replica set name "other"'):
        other.ping()


def test_a_restart_is_survived(mongodb: MongoDB, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody has to do anything, documents are still there, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    orders = documents(mongodb, tmp_path, server_select_timeout=5)
    orders.shop.drop_collection("goods")
    orders.shop.goods.insert_one({"_id": 1})
    mongodb.kill()
    for _ in range(3):
        with pytest.raises(ServiceUnavailable, match=r"cannot be reached.*: Connection refused"):
            orders.ping()
    with pytest.raises(ServiceUnavailable, match="`Orders` cannot be reached"), orders.client() as client:
        client.shop.goods.find_one()
    mongodb.start()
    for _ in range(2):
        with orders.client() as client:
            assert client.shop.goods.find_one() == {"_id": 1}
    assert orders.shop.goods.count_documents({}) == 1
    told = [record.getMessage().partition(":")[0] for record in caplog.records if record.name == "apitest.outgoing"]
    assert told == [
        "MongoDB connection `Orders` cannot be used until further notice",
        "MongoDB connection `Orders` is connected again",
    ]
    orders.close()


def test_a_server_that_falls_silent_is_waited_for_so_long(mongodb: MongoDB, tmp_path: Path) -> None:
    """Then that is told: in the middle of something, and to who comes later; once it speaks, it is used again."""
    one = documents(mongodb, tmp_path, socket_timeout=3)
    with pytest.raises(ServiceTimeout, match="`Orders` did not answer in time"), one.client() as client:
        client.shop.goods.find_one()
        mongodb.pause(True)
        try:
            client.shop.goods.insert_one({})
        finally:
            mongodb.pause(False)
    mongodb.pause(True)
    try:
        with pytest.raises(
            ServiceUnavailable, match=f"cannot be reached at 127.0.0.1:{mongodb.port}: it does not answer"
        ):
            documents(mongodb, tmp_path, server_select_timeout=1).ping()
    finally:
        mongodb.pause(False)
    assert documents(mongodb, tmp_path).ping()
    one.close()


def test_who_is_at_work_goes_on_when_the_definition_is_changed(orders: MongoDBConnection) -> None:
    """Who has databases without a `with` has to get the connection anew."""
    with orders.client() as client:
        orders.close()
        client.shop.goods.insert_one({"_id": 1})
    with pytest.raises(ServiceUnavailable, match="was changed or deleted meanwhile"):
        orders.shop.goods.find_one()


def test_a_server_that_is_away_is_told_at_once(tmp_path: Path) -> None:
    """By whatever one does, and without the password."""
    port = free_port()
    fields = {"server_list": f"127.0.0.1:{port}", "username": "u", "server_select_timeout": 3600}
    one = MongoDBConnection(
        StoredObject(1, "outgoing.mongodb", "Orders", fields, {"password": "s3cret-word"}), tmp_path
    )
    for act in (one.ping, lambda: one.shop, lambda: one.client().__enter__()):
        with pytest.raises(ServiceUnavailable) as caught:
            act()
        assert caught.value.details == f"`Orders` cannot be reached at 127.0.0.1:{port}: Connection refused"


def test_a_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the command that installs it, and only where it is needed."""
    monkeypatch.setitem(sys.modules, "apitest_server.outgoing.mongodb_client", None)
    one = MongoDBConnection(StoredObject(1, "outgoing.mongodb", "Orders", {"server_list": "h"}), tmp_path)
    for act in (one.ping, lambda: one.shop):
        with pytest.raises(ServiceUnavailable, match=r"install it with: pip install apitest\[mongodb\]"):
            act()
