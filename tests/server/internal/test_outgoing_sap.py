"""Tests of apitest_server.internal.outgoing_sap."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served

CREATE = "zato.outgoing.sap.create"
GIVEN = {"name": "ERP", "host": "127.0.0.1", "sysnr": "00", "client": "001", "sysid": "NPL", "user": "me"}
SERVICE = """
from zato.server.service import Service

class Calls(Service):
    name = "calls"
    def handle(self):
        with self.out.sap.get("ERP").conn.client() as client:
            client.call("STFC_CONNECTION", REQUTEXT="hello")
"""


@pytest.mark.parametrize("wrong", [{"sysnr": "7"}, {"client": "1"}, {"client": "abc"}, {"sysnr": "٠٠"}])
def test_numbers_have_their_digits(untouched: Client, wrong: dict[str, str]) -> None:
    """As SAP writes them."""
    status, details = untouched.refused(CREATE, {**GIVEN, **wrong})
    assert (status, f"`{next(iter(wrong))}` must have" in details) == (400, True), details


def test_what_clients_define_is_kept(tmp_path: Path) -> None:
    """Services and pings are told that there is no driver."""
    with served(tmp_path, s=SERVICE) as client:
        number = client.result(CREATE, GIVEN)["id"]
        assert GIVEN.items() <= client.result("zato.outgoing.sap.get-by-id", {"id": number}).items()
        for found in (client.refused("calls"), client.refused("zato.outgoing.sap.ping", {"id": number})):
            assert (found[0], found[1].startswith("`ERP` cannot be used: no driver for SAP is installed")) == (
                503,
                True,
            )
