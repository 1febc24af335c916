"""Tests of apitest_server.internal.outgoing_odoo."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.outgoing.odoo_server import DATABASE, LOGIN, OdooServer

CREATE = "zato.outgoing.odoo.create"
GIVEN = {"name": "a", "host": "127.0.0.1", "database": DATABASE, "user": LOGIN}
SERVICE = """
from zato.server.service import Service

class Names(Service):
    name = "names"
    def handle(self):
        with self.out.odoo["a"].conn.client() as client:
            partners = client.get_model("res.partner")
            partners.create({"name": "Maria"})
            self.response.payload = {"names": [row["name"] for row in partners.search_read([], ["name"])]}
"""


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"host": "https://odoo.example.com"}, "`host` must be the name of a host or its address"),
        ({"host": ""}, "`host` must be the name"),
        ({"port": 0}, "`port`"),
        ({"protocol": "jsonrpc"}, "`protocol` must be one of xmlrpc, xmlrpcs"),
        ({"protocol": "xmlrpcs", "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(
    untouched: Client, wrong: dict[str, object], expected: str
) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {**GIVEN, **wrong})
    assert (status, expected in details) == (400, True), details


def test_a_change_is_in_effect_at_once(tmp_path: Path) -> None:
    """Services use what is defined then; the password is stored encrypted, and never shown."""
    with OdooServer() as odoo, served(tmp_path, s=SERVICE) as client:
        number = client.result(CREATE, {**GIVEN, "port": odoo.port})["id"]
        status, details = client.refused("zato.outgoing.odoo.ping", {"id": number})
        assert (status, "refuses to log in" in details) == (503, True)
        secret = {"id": number, "password1": odoo.password, "password2": odoo.password}
        client.result("zato.outgoing.odoo.change-password", secret)
        assert client.result("zato.outgoing.odoo.ping", {"name": "a"})["is_success"] is True
        assert client.result("names") == {"names": ["Maria"]}
        assert "password" not in client.result("zato.outgoing.odoo.get-by-id", {"id": number})
        client.result("zato.outgoing.odoo.edit", {"id": number, "database": "none"})
        assert client.call("names").status == 503
        client.result("zato.outgoing.odoo.delete", {"id": number})
        assert client.call("names").status == 500
    assert not any(odoo.password.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
