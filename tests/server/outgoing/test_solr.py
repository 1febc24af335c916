"""Tests of apitest_server.outgoing.solr, against Solr."""

import logging
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from urllib3.exceptions import InsecureRequestWarning

from apitest_server.errors import BadRequest, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing import driver
from apitest_server.outgoing.solr import SolrConnection, options_of
from tests.apitest.web import WebServer
from tests.services.solr import Solr


def connection(server: Solr, directory: Path, password: str = "", **fields: object) -> SolrConnection:
    given = {"address": server.address, "username": server.username, "timeout": 60, "options": "always_commit=true"}
    secret = {"password": password or server.password}
    return SolrConnection(StoredObject(1, "search.solr", "Shop", {**given, **fields}, secret), directory)


@pytest.fixture
def shop(solr: Solr, tmp_path: Path) -> Iterator[SolrConnection]:
    made = connection(solr, tmp_path)
    yield made
    made.close()


@pytest.mark.solr
def test_documents_are_used(shop: SolrConnection, solr: Solr) -> None:
    """They are added, searched and deleted, by the driver's client."""
    word = token_hex(6)
    with shop.conn.client() as client:
        client.add([{"id": f"{word}-{number}", "title": f"{word} Zażółć"} for number in range(3)])
        found = client.search(f"title:{word}", sort="id asc")
        assert [row["id"] for row in found] == [f"{word}-{number}" for number in range(3)]
        assert {row["title"] for row in found} == {f"{word} Zażółć"}
        client.delete(id=f"{word}-1")
        assert {row["id"] for row in client.search(f"title:{word}")} == {f"{word}-0", f"{word}-2"}
        client.delete(q=f"title:{word}")
        assert len(client.search(f"title:{word}")) == 0
    assert shop.ping() == solr.address


@pytest.mark.solr
def test_what_is_refused(shop: SolrConnection, solr: Solr, tmp_path: Path) -> None:
    """The error says why, in Solr's words, and never the secret."""
    with shop.client() as client:
        with pytest.raises(RemoteError, match=r"`Shop` refuses it: 400 .*Cannot parse 'title:\['") as wrong:
            client.search("title:[")
        assert wrong.value.remote_status == 400
        with pytest.raises(NotFound, match="`Shop` refuses it: 404"):
            client.search("*:*", search_handler="none")
    with (
        pytest.raises(RemoteError, match="`Shop` cannot do it: Unable to use unknown HTTP method"),
        shop.client() as client,
    ):
        client._send_request("none")
    other = connection(solr, tmp_path, password="wrong-sécret")
    with pytest.raises(RemoteError, match="`Shop` refuses it: 401") as caught:
        other.ping()
    assert caught.value.remote_status == 401 and "wrong-sécret" not in str(caught.value)
    other.close()


@pytest.mark.solr
def test_where_pings_are_answered(solr: Solr, tmp_path: Path) -> None:
    """From the address on, or, with a slash in front, from its host on."""
    for path in ("/solr/admin/info/system", "../shop/admin/ping"):
        one = connection(solr, tmp_path, ping_path=path)
        assert one.ping() == solr.address
        one.close()


@pytest.mark.solr
def test_over_tls(solr: Solr, tmp_path: Path) -> None:
    """With the authority of the certificate, without any verification; not with those of the system."""
    one = connection(solr, tmp_path, address=solr.tls_address, ca_certs=str(solr.authority))
    assert one.ping() == solr.tls_address
    one.close()
    lax = connection(solr, tmp_path, address=solr.tls_address, validate_tls=False)
    with pytest.warns(InsecureRequestWarning):
        assert lax.ping() == solr.tls_address
    lax.close()
    other = connection(solr, tmp_path, address=solr.tls_address)
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached: .*certificate"):
        other.ping()
    other.close()
    with pytest.raises(BadRequest, match="`ca_certs` names a file that cannot be used"):
        connection(solr, tmp_path, ca_certs="none.pem")


@pytest.mark.solr
def test_a_server_that_dies_is_found_again(solr: Solr, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was written is there; the log has one line for it being away, however many ask, and one for being back."""
    caplog.set_level(logging.INFO)
    one, word = connection(solr, tmp_path), token_hex(6)
    with one.client() as client:
        client.add([{"id": word}])
        solr.kill()
        try:
            for _ in range(3):
                with pytest.raises(ServiceUnavailable, match=r"^`Shop` cannot be reached: Connection refused$"):
                    client.search(f"id:{word}")
        finally:
            solr.start()
        assert [row["id"] for row in client.search(f"id:{word}")] == [word]
    one.close()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "Solr connection `Shop` cannot be used until further notice", "Solr connection `Shop` is connected again",
    ]  # fmt: skip


@pytest.mark.solr
def test_a_server_that_falls_silent(solr: Solr, tmp_path: Path) -> None:
    """It is not waited for any longer than the connection says."""
    one = connection(solr, tmp_path, timeout=1)
    solr.pause(True)
    try:
        with pytest.raises(ServiceTimeout, match=r"^`Shop` does not answer$"):
            one.ping()
    finally:
        solr.pause(False)
        one.close()


@pytest.mark.parametrize(
    ("path", "said"), [("empty", "does not answer as Solr does"), ("status/404", "refuses it: 404 Not Found")]
)
def test_another_web_server_is_told(tmp_path: Path, path: str, said: str) -> None:
    """One that answers, and is not Solr; a core that is not there is no reason to say that the connection is not."""
    web = WebServer()
    item = StoredObject(1, "search.solr", "Shop", {"address": f"{web.address}/{path}"}, {})
    one = SolrConnection(item, tmp_path)
    try:
        with pytest.raises(RemoteError, match=said):
            one.ping()
    finally:
        one.close()
        web.close()


def test_a_missing_driver_is_named_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra of this product."""
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with pytest.raises(ServiceUnavailable, match=r"pip install apitest\[solr\]"):
        SolrConnection(StoredObject(1, "search.solr", "a", {"address": "http://h"}), tmp_path)


def test_options_of_the_driver() -> None:
    """Each has a type of its own."""
    assert options_of("always_commit=yes\n\nsearch_handler = /find\nuse_qt_param=0") == {
        "always_commit": True, "search_handler": "/find", "use_qt_param": False,
    }  # fmt: skip
    for wrong, said in (
        ("always_commit", "must have lines such as `always_commit=true`"),
        ("auth=me", "may have always_commit, search_handler, use_qt_param, and not `auth`"),
        ("always_commit=perhaps", "has a value of `always_commit` that must be true or false"),
    ):
        with pytest.raises(ValueError, match=said):
            options_of(wrong)
