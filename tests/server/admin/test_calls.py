"""Tests of apitest_server.admin.calls."""

import pytest

from apitest_server.admin.calls import Calls, Refused
from apitest_server.invoke.invoker import new_cid
from tests.server.admin.visitor import Visitor


def test_a_service_is_called_by_its_name(visitor: Visitor) -> None:
    """What it returns is there, and on which page of a list it is."""
    call = Calls(visitor.client.app.invoker, new_cid(), "maria")
    found = visitor.client.runner.run(call("zato.security.administrator.get-list", cur_page=1))
    assert [row["name"] for row in found.payload] == ["admin"]
    assert found.meta["total"] == 1


def test_what_it_refuses_is_told(visitor: Visitor) -> None:
    """With the correlation ID of the log."""
    call = Calls(visitor.client.app.invoker, new_cid())
    with pytest.raises(Refused, match="There is no") as caught:
        visitor.client.runner.run(call("zato.security.administrator.get-by-id", id=99))
    assert (caught.value.error.status, len(caught.value.cid)) == (404, 24)
