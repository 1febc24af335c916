"""Tests of apitest_server.rest.table."""

from typing import Any

import pytest

from apitest_server.config import RestChannel
from apitest_server.errors import BadRequest, ConfigError, NotFound
from apitest_server.rest.table import SOAPChannel, Table
from tests.server.asgi import scope


def rest(path: str, *methods: str) -> RestChannel:
    return RestChannel("n", path, "s", methods)


def soap(path: str, action: str = "") -> SOAPChannel:
    return SOAPChannel("n", path, "s", ("POST",), "", "xml", action)


def post(path: str, **headers: str) -> dict[str, Any]:
    return scope("POST", path, headers)


def test_channels_of_the_odb_come_and_go() -> None:
    """Next to those that stay."""
    table = Table()
    table.fix([rest("/a")])
    one, two = rest("/b/{id}"), rest("/c")
    table.serve({1: one, 2: two})
    assert table.match(post("/b/5")) == (one, {"id": "5"})
    table.serve({1: None})
    with pytest.raises(NotFound):
        table.match(post("/b/5"))
    assert table.match(post("/a"))[0].path == "/a"
    assert table.match(post("/c"))[0] is two


def test_a_path_that_is_taken_changes_nothing() -> None:
    """Neither for a new channel nor for one that moves; its own path it may keep."""
    table = Table()
    table.fix([rest("/a")])
    table.serve({1: rest("/b")})
    for number in (1, 2):
        with pytest.raises(BadRequest, match="`url_path`: the path /a with any method is taken"):
            table.serve({number: rest("/a")})
        with pytest.raises(BadRequest):
            table.check(number, rest("/a"))
    table.check(1, rest("/b"))
    assert table.match(post("/b"))[0].path == "/b"


def test_fixed_channels_that_hide_each_other_are_a_problem_of_server_conf() -> None:
    """Those before stay."""
    table = Table()
    table.fix([rest("/a")])
    with pytest.raises(ConfigError, match="/b with GET is taken"):
        table.fix([rest("/b", "GET"), rest("/b", "GET")])
    assert table.match(post("/a"))[0].path == "/a"


def test_soap_channels_share_a_path() -> None:
    """Told apart by their actions; one without takes what no other one does."""
    table = Table()
    one, rest_of_them = soap("/s", "urn:a"), soap("/s")
    table.serve({1: one})
    assert table.match(post("/s", SOAPAction='"urn:a"'))[0] is one
    with pytest.raises(NotFound, match="no SOAP action `urn:b`"):
        table.match(post("/s", SOAPAction="urn:b"))
    table.serve({2: rest_of_them})
    assert table.match(post("/s", SOAPAction="urn:b"))[0] is rest_of_them
    with pytest.raises(BadRequest, match="SOAP action urn:a is taken"):
        table.check(3, soap("/s", "urn:a"))
    with pytest.raises(BadRequest, match="SOAP action any is taken"):
        table.check(3, soap("/s"))
