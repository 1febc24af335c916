"""Tests of apitest_server.outgoing.without_driver."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.without_driver import SAPConnection, WithoutDriver

SAYS = "`ERP` cannot be used: no driver for SAP is installed; this server only keeps the definition"


@pytest.mark.parametrize(
    "use", [lambda one: one.conn.client(), lambda one: one.ping(), lambda one: one.send("data", "a queue", priority=1)]
)
def test_whoever_uses_it_is_told(use: Callable[[WithoutDriver], object], tmp_path: Path) -> None:
    """By its name, and of what there is no driver; it can be closed as any other."""
    made = SAPConnection(StoredObject(1, "outgoing.sap", "ERP", {}), tmp_path)
    with pytest.raises(ServiceUnavailable, match=SAYS):
        use(made)
    made.close()
