"""Tests of apitest_server.internal.jms_wmq.outgoing."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.jms_wmq.test_definitions import GIVEN


def test_a_connection_is_kept_and_says_that_it_cannot_be_used(tmp_path: Path) -> None:
    """Whoever tries it is told of what there is no driver."""
    with served(tmp_path) as client:
        manager = client.result("zato.definition.jms-wmq.create", GIVEN)["id"]
        client.result("zato.outgoing.jms-wmq.create", {"name": "out", "def_id": manager, "priority": 9})
        [row] = client.result("zato.outgoing.jms-wmq.get-list")
        assert (row["def_name"], row["priority"], row["delivery_mode"]) == ("manager", 9, 2)
        status, details = client.refused("zato.outgoing.jms-wmq.ping", {"name": "out"})
        assert (status, details.startswith("`out` cannot be used: no driver for IBM MQ")) == (503, True)
        assert (
            client.refused("zato.outgoing.jms-wmq.create", {"name": "x", "def_id": manager, "priority": 10})[0] == 400
        )
