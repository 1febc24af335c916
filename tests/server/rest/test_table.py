"""Tests of apitest_server.rest.table."""

import pytest

from apitest_server.config import RestChannel
from apitest_server.errors import BadRequest, ConfigError, NotFound
from apitest_server.rest.exchange import HTTPRoute
from apitest_server.rest.table import SOAPChannel, Table
from apitest_server.service.asgi import Scope
from tests.server.asgi import scope


def rest(path: str, *methods: str, name: str = "n") -> RestChannel:
    return RestChannel(name, path, "s", methods)


def soap(path: str, action: str = "", name: str = "n") -> SOAPChannel:
    return SOAPChannel(name, path, "s", ("POST",), "", "soap-1.1", action)


def post(path: str, **headers: str) -> Scope:
    return scope("POST", path, headers)


def channel_of(found: HTTPRoute) -> str:
    return found.route.channel


def test_channels_of_the_odb_come_and_go() -> None:
    """Next to those that stay."""
    table = Table()
    table.fix([rest("/a", name="fixed")])
    table.serve({1: rest("/b/{id}", name="one"), 2: rest("/c", name="two")})
    found = table.match(post("/b/5"))
    assert (channel_of(found), found.params) == ("one", {"id": "5"})
    table.serve({1: None})
    with pytest.raises(NotFound):
        table.match(post("/b/5"))
    assert channel_of(table.match(post("/a"))) == "fixed"
    assert channel_of(table.match(post("/c"))) == "two"


def test_a_path_that_is_taken_changes_nothing() -> None:
    """Neither for a new channel nor for one that moves; its own path it may keep."""
    table = Table()
    table.fix([rest("/a")])
    table.serve({1: rest("/b", name="stored")})
    for number in (1, 2):
        with pytest.raises(BadRequest, match="`url_path`: the path /a with any method is taken"):
            table.serve({number: rest("/a")})
        with pytest.raises(BadRequest):
            table.check(number, rest("/a"))
    table.check(1, rest("/b"))
    assert channel_of(table.match(post("/b"))) == "stored"


def test_fixed_channels_that_hide_each_other_are_a_problem_of_server_conf() -> None:
    """Those before stay."""
    table = Table()
    table.fix([rest("/a", name="before")])
    with pytest.raises(ConfigError, match="/b with GET is taken"):
        table.fix([rest("/b", "GET"), rest("/b", "GET")])
    assert channel_of(table.match(post("/a"))) == "before"


def test_soap_channels_share_a_path() -> None:
    """Told apart by their actions; one without takes what no other one does."""
    table = Table()
    table.serve({1: soap("/s", "urn:a", "one")})
    assert channel_of(table.match(post("/s", SOAPAction='"urn:a"'))) == "one"
    with pytest.raises(NotFound, match="Unknown SOAP action `urn:b`"):
        table.match(post("/s", SOAPAction="urn:b"))
    table.serve({2: soap("/s", name="any")})
    assert channel_of(table.match(post("/s", SOAPAction="urn:b"))) == "any"
    with pytest.raises(BadRequest, match="SOAP action urn:a is taken"):
        table.check(3, soap("/s", "urn:a"))
    with pytest.raises(BadRequest, match="SOAP action any is taken"):
        table.check(3, soap("/s"))
