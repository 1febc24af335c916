"""Tests of apitest_server.outgoing.es, against OpenSearch."""

import logging
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from opensearchpy import NotFoundError, helpers
from urllib3.exceptions import InsecureRequestWarning

from apitest_server.errors import BadRequest, Conflict, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing import driver
from apitest_server.outgoing.es import ESConnection
from tests.apitest.web import Handler, WebServer
from tests.ports import free_port
from tests.services.opensearch import OpenSearch

pytestmark = pytest.mark.opensearch


def connection(hosts: str, directory: Path, password: str = "", **fields: object) -> ESConnection:
    given = {"hosts": hosts, "timeout": 60, **fields}
    return ESConnection(StoredObject(1, "search.es", "Orders", given, {"password": password}), directory)


@pytest.fixture
def orders(opensearch: OpenSearch, tmp_path: Path) -> Iterator[ESConnection]:
    made = connection(opensearch.host, tmp_path)
    yield made
    made.close()


def test_documents_are_used(orders: ESConnection, opensearch: OpenSearch) -> None:
    """They are written, one by one and many at once, searched, changed and deleted, by the driver's client."""
    client, index = orders.conn, f"orders-{token_hex(6)}"
    client.index(index=index, id="1", body={"article": "tea", "by": "Zażółć"}, refresh=True)
    assert client.get(index=index, id="1")["_source"] == {"article": "tea", "by": "Zażółć"}
    many = ({"_index": index, "_id": str(number), "article": "coffee"} for number in range(2, 10))
    assert helpers.bulk(client, many, refresh=True) == (8, [])
    found = client.search(index=index, body={"query": {"match": {"article": "tea"}}})
    assert [row["_id"] for row in found["hits"]["hits"]] == ["1"]
    client.update(index=index, id="1", body={"doc": {"article": "coffee"}}, refresh=True)
    assert client.count(index=index, body={"query": {"match": {"article": "coffee"}}})["count"] == 9
    assert (client.exists(index=index, id="1"), client.exists(index=index, id="none")) == (True, False)
    client.indices.delete(index=index)
    assert orders.ping() == opensearch.host and orders.conn is client


def test_what_is_refused(orders: ESConnection) -> None:
    """The error says why, and services may catch it as the driver's or as this server's."""
    index = f"orders-{token_hex(6)}"
    with pytest.raises(NotFound, match=rf"^`Orders` refuses it: index_not_found_exception: no such index \[{index}\]$"):
        orders.conn.search(index=index)
    with pytest.raises(NotFoundError) as missing:
        orders.conn.get(index=index, id="1")
    assert (missing.value.status_code, missing.value.info["status"]) == (404, 404)
    orders.conn.index(index=index, id="1", body={})
    with pytest.raises(Conflict, match="version_conflict_engine_exception"):
        orders.conn.create(index=index, id="1", body={})
    with pytest.raises(RemoteError, match=r"parsing_exception: unknown query \[x\]") as wrong:
        orders.conn.search(index=index, body={"query": {"x": {}}})
    assert wrong.value.remote_status == 400
    with pytest.raises(RemoteError, match="what is not JSON"):
        orders.conn.index(index=index, body={"what": object()})
    assert orders.conn.get(index="none", id="1", ignore=404)["status"] == 404


@pytest.mark.parametrize("body_as", ["POST", "GET"])
def test_bodies_of_requests_that_are_get(opensearch: OpenSearch, tmp_path: Path, body_as: str) -> None:
    """The server reads them, whichever way they are sent."""
    one = connection(opensearch.host, tmp_path, body_as=body_as)
    found = one.conn.transport.perform_request("GET", "/_search", body={"query": {"match_none": {}}})
    assert found["hits"]["total"]["value"] == 0
    one.close()


def test_who_signs_in(opensearch: OpenSearch, tmp_path: Path) -> None:
    """By name and password, whatever letters they have, over TLS; a wrong password is told without the password."""
    hosts, who = f"https://{opensearch.tls_host}", {"username": "maria", "ca_certs": str(opensearch.authority)}
    one = connection(hosts, tmp_path, opensearch.password, **who)
    assert one.conn.info()["version"]["distribution"] == "opensearch"
    one.close()
    other = connection(hosts, tmp_path, "wrong-secret", **who)
    with pytest.raises(RemoteError, match="401") as refused:
        other.ping()
    assert refused.value.remote_status == 401 and "wrong-secret" not in str(refused.value)
    other.close()


def test_whom_is_trusted(opensearch: OpenSearch, tmp_path: Path) -> None:
    """A stranger is not, unless nothing is verified."""
    hosts = f"https://{opensearch.tls_host}"
    stranger = connection(hosts, tmp_path)
    with pytest.raises(ServiceUnavailable, match="unable to get local issuer certificate"):
        stranger.ping()
    stranger.close()
    lax = connection(hosts, tmp_path, opensearch.password, username="maria", validate_tls=False)
    with pytest.warns(InsecureRequestWarning):
        assert lax.ping() == opensearch.tls_host
    lax.close()


def test_the_next_host_is_asked(opensearch: OpenSearch, tmp_path: Path) -> None:
    """One that is away costs no request."""
    one = connection(f"127.0.0.1:{free_port()}\n{opensearch.host}", tmp_path)
    for _ in range(4):
        assert one.conn.info()["tagline"]
    assert opensearch.host in one.ping()
    one.close()


def test_a_server_that_dies_is_found_again(
    opensearch: OpenSearch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was written is there; the log has one line for it being away, however many ask, and one for being back."""
    caplog.set_level(logging.INFO)
    one, index = connection(opensearch.host, tmp_path), f"orders-{token_hex(6)}"
    one.conn.index(index=index, id="1", body={"article": "tea"})
    opensearch.kill()
    try:
        for _ in range(3):
            with pytest.raises(ServiceUnavailable, match=r"^`Orders` cannot be reached: Connection refused$"):
                one.conn.get(index=index, id="1")
    finally:
        opensearch.start()
    one.conn.cluster.health(index=index, wait_for_status="yellow", timeout=60)
    assert one.conn.get(index=index, id="1")["_source"] == {"article": "tea"}
    one.close()
    said = [record.getMessage().partition(":")[0] for record in caplog.records]
    assert said == [
        "Elasticsearch connection `Orders` cannot be used until further notice",
        "Elasticsearch connection `Orders` is connected again",
    ]


def test_a_server_that_falls_silent(opensearch: OpenSearch, tmp_path: Path) -> None:
    """It is not waited for any longer than the connection says."""
    one = connection(opensearch.host, tmp_path, timeout=1)
    opensearch.pause(True)
    try:
        with pytest.raises(ServiceTimeout, match=r"^`Orders` does not answer$"):
            one.ping()
    finally:
        opensearch.pause(False)
        one.close()


class Root(Handler):
    """Answers every path by the series."""

    def on_echo(self) -> None:
        self.on_series()


@pytest.mark.parametrize("answer", [404, {"name": "other"}, "empty", [1]])
def test_another_web_server_is_told(tmp_path: Path, answer: object) -> None:
    """One that answers, with whatever, and is neither of them."""
    web = WebServer()
    web.RequestHandlerClass, web.series = Root, [answer]
    one = connection(f"127.0.0.1:{web.server_port}", tmp_path)
    try:
        with pytest.raises(RemoteError, match=r"^`Orders` does not answer as Elasticsearch and OpenSearch do$"):
            one.ping()
    finally:
        one.close()
        web.close()


def test_certificates_that_cannot_be_used(tmp_path: Path) -> None:
    """They are refused with the name of the field."""
    with pytest.raises(BadRequest, match="`ca_certs` names a file that cannot be used"):
        connection("https://127.0.0.1:1", tmp_path, ca_certs="none.pem")


def test_a_missing_driver_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra of this product."""
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with pytest.raises(ServiceUnavailable, match=r"pip install apitest\[opensearch\]"):
        connection("127.0.0.1:1", tmp_path)
