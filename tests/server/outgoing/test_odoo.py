"""Tests of apitest_server.outgoing.odoo, against a server that answers as Odoo documents."""

import logging
import pickle
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from urllib3.exceptions import InsecureRequestWarning

from apitest_server.errors import RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.odoo import OdooConnection
from tests.apitest.clients.certificates import Authority
from tests.server.outgoing.odoo_server import DATABASE, LOGIN, USER_ID, OdooServer


@pytest.fixture
def server() -> Iterator[OdooServer]:
    with OdooServer() as made:
        yield made


def connection(server: OdooServer, directory: Path, password: str = "", **fields: object) -> OdooConnection:
    given = {"host": "127.0.0.1", "port": server.port, "database": DATABASE, "user": LOGIN, "timeout": 60, **fields}
    secret = {"password": password or server.password}
    return OdooConnection(StoredObject(1, "outgoing.odoo", "CRM", given, secret), directory)


@pytest.fixture
def odoo(server: OdooServer, tmp_path: Path) -> Iterator[OdooConnection]:
    made = connection(server, tmp_path)
    yield made
    made.close()


def test_records_are_used(odoo: OdooConnection) -> None:
    """They are created, found, read, changed, counted and deleted; their fields are told."""
    with odoo.conn.client() as client:
        partners = client.get_model("res.partner")
        maria, shop = partners.create([{"name": "María", "color": 3}, {"name": "Shop", "is_company": True}])
        assert partners.search([["is_company", "=", True]]) == [shop]
        assert partners.search([], order="name desc", limit=1) == [shop]
        assert partners.search(["|", ["name", "ilike", "mar"], ["color", ">", 5]]) == [maria]
        assert partners.read([maria], ["name", "email"]) == [{"id": maria, "name": "María", "email": False}]
        assert partners.write([maria], {"email": "maria@example.com"}) is True
        assert partners.search_read([["id", "=", maria]], fields=["email"]) == [
            {"id": maria, "email": "maria@example.com"}
        ]
        assert partners.search_count([]) == 2
        assert partners.unlink([shop]) is True
        assert client.execute_kw("res.partner", "search_count", [[]]) == 1
        assert partners.fields_get(["name"], attributes=["type"]) == {"name": {"type": "char"}}
        assert client.user_id == USER_ID


def test_it_signs_in_once(odoo: OdooConnection, server: OdooServer) -> None:
    """Whoever uses it; a ping does it anew."""
    for _ in range(2):
        with odoo.client() as client:
            client.get_model("res.partner").search([])
    assert server.calls == ["authenticate", "res.partner.search", "res.partner.search"]
    assert odoo.ping() == f"127.0.0.1:{server.port}"
    assert server.calls[3:] == ["authenticate"]


@pytest.mark.parametrize(
    ("model", "method", "arguments", "expected"),
    [
        ("res.partner", "read", [[9]], "`CRM` refuses res.partner.read: Record does not exist or has been deleted."),
        ("res.partner", "create", [{}], "The operation cannot be completed: - Missing required value for 'name'"),
        ("res.partner", "search", [[["x", "=", 1]]], ": ValueError: Invalid field 'x' on model 'res.partner'"),
        ("res.partner", "none", [], ": AttributeError: The method 'res.partner.none' does not exist"),
        ("none", "search", [[]], "Object none doesn't exist"),
    ],
)  # fmt: skip
def test_what_odoo_refuses_is_told(
    odoo: OdooConnection, server: OdooServer, model: str, method: str, arguments: list[object], expected: str
) -> None:
    """In its words, of a traceback the last line; the connection goes on."""
    with odoo.client() as client:
        client.get_model("res.partner").create({"name": "x"})
        with pytest.raises(RemoteError) as caught:
            getattr(client.get_model(model), method)(*arguments)
        assert expected in caught.value.details
        assert "\n" not in caught.value.details
        assert client.get_model("res.partner").search_count([]) == 1


def test_private_methods_are_not_there(odoo: OdooConnection) -> None:
    """So what Python asks of any object is not sent to Odoo."""
    with odoo.client() as client, pytest.raises(AttributeError):
        pickle.dumps(client.get_model("res.partner")._write)


def test_who_is_not_let_in_is_told(server: OdooServer, tmp_path: Path) -> None:
    """The password is not told, nor what Odoo says of it."""
    wrong = connection(server, tmp_path, "not-it-at-all")
    with pytest.raises(
        ServiceUnavailable, match="`CRM` refuses to log in: wrong password, or no user `maria@"
    ) as caught:
        wrong.ping()
    assert "not-it-at-all" not in str(caught.value)
    elsewhere = connection(server, tmp_path, "does not exist", database="none")
    with pytest.raises(ServiceUnavailable, match=r'refuses to log in: LookupError: database "none"') as caught:
        elsewhere.ping()
    assert "does not exist" not in str(caught.value)
    for made in (wrong, elsewhere):
        made.close()


def test_a_password_that_is_changed_in_odoo(odoo: OdooConnection, server: OdooServer) -> None:
    """The call that finds out is refused; the next client is not let in, and is again once the password is right."""
    before = server.password
    with odoo.client() as client:
        server.password = "another"
        with pytest.raises(RemoteError, match=r"refuses res\.partner\.search: Access Denied"):
            client.get_model("res.partner").search([])
    with pytest.raises(ServiceUnavailable, match="refuses to log in"), odoo.client():
        raise AssertionError("It was let in")
    server.password = before
    with odoo.client() as client:
        assert client.get_model("res.partner").search([]) == []


def test_a_restart_is_survived(odoo: OdooConnection, server: OdooServer, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody has to do anything, also with a client from before; the log has a line for each change."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    with odoo.client() as client:
        partners = client.get_model("res.partner")
        number = partners.create({"name": "a"})
        server.stop()
        for _ in range(2):
            with pytest.raises(ServiceUnavailable, match="`CRM` cannot be reached: Connection refused"):
                partners.search([])
        server.start()
        for _ in range(2):
            assert partners.search([]) == [number]
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert [line.partition(":")[0] for line in told] == [
        "Odoo connection `CRM` cannot be used until further notice",
        "Odoo connection `CRM` is connected again",
    ]


def test_a_call_that_is_cut_off_is_not_repeated(odoo: OdooConnection, server: OdooServer) -> None:
    """What it should create may be there already: nothing is created twice."""
    with odoo.client() as client:
        partners, told = client.get_model("res.partner"), []
        partners.search([])
        server.answers.clear()

        def create() -> None:
            with pytest.raises(ServiceUnavailable) as caught:
                partners.create({"name": "once"})
            told.append(caught.value.details)

        calling = threading.Thread(target=create)
        calling.start()
        while not server.is_waiting:
            calling.join(0.005)
        server.stop()
        calling.join()
        server.start()
        server.answers.set()
        while server.is_waiting:
            calling.join(0.005)
        assert told[0].startswith("`CRM` cannot be reached: ")
        assert partners.search_count([]) == 1


def test_silence_has_an_end(server: OdooServer, tmp_path: Path) -> None:
    """After the time-out."""
    made = connection(server, tmp_path, timeout=0.2)
    with made.client() as client:
        server.answers.clear()
        with pytest.raises(ServiceTimeout, match="`CRM` did not answer in time"):
            client.get_model("res.partner").search([])
    made.close()


def test_over_tls(tmp_path: Path) -> None:
    """With a certificate of an authority that is named; one of somebody else is not trusted, unless nobody asks."""
    authority = Authority(tmp_path)
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(*authority.issue("odoo"))
    with OdooServer(settings) as server:
        trusted = connection(server, tmp_path, protocol="xmlrpcs", ca_certs=str(authority.ca_file))
        careless = connection(server, tmp_path, protocol="xmlrpcs", validate_tls=False)
        assert trusted.ping() == f"127.0.0.1:{server.port}"
        with pytest.warns(InsecureRequestWarning):
            careless.ping()
        stranger = connection(server, tmp_path, protocol="xmlrpcs")
        with pytest.raises(ServiceUnavailable, match="cannot be reached: unable to get local issuer cert"):
            stranger.ping()
        for made in (trusted, careless, stranger):
            made.close()


def test_an_address_of_ipv6_has_brackets(tmp_path: Path) -> None:
    """So that its port is told from it."""
    item = StoredObject(1, "outgoing.odoo", "CRM", {"host": "::1", "port": 1, "database": "d", "user": "u"}, {})
    made = OdooConnection(item, tmp_path)
    with pytest.raises(ServiceUnavailable, match="`CRM` cannot be reached: "):
        made.ping()
    assert made._place == "[::1]:1"
    made.close()
