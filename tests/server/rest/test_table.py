"""Tests of apitest_server.rest.table."""

import pytest

from apitest_server.config import RestChannel
from apitest_server.errors import BadRequest, ConfigError, MethodNotAllowed, NotFound
from apitest_server.rest.codecs import CODECS
from apitest_server.rest.exchange import HTTPRoute, UnknownAction
from apitest_server.rest.table import SOAPChannel, Table
from apitest_server.security.outsiders import ANYBODY
from apitest_server.service.asgi import Scope
from tests.server.asgi import scope


def rest(path: str, *methods: str, name: str = "n", security: str = "") -> RestChannel:
    return RestChannel(name, path, "s", methods, security)


def soap(path: str, action: str = "", name: str = "n") -> SOAPChannel:
    return SOAPChannel(name, path, "s", ("POST",), "", "soap-1.1", soap_action=action)


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


def test_all_channels_of_server_conf_that_cannot_be_served_are_named() -> None:
    """Each with what is wrong with its path, or the one that has it already."""
    channels = [rest("/b", name="one"), rest("/x/{a", name="two"), rest("/c", name="three"), rest("/b", name="four")]
    with pytest.raises(ConfigError) as caught:
        Table().fix(channels)
    assert caught.value.problems == [
        "`[[two]]` in `[rest]` of server.conf: the path /x/{a has a brace that belongs to no parameter such as {id}",
        "`[[four]]` in `[rest]` of server.conf: the path /b with any method is taken by another channel, `one`",
    ]


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


def test_where_there_are_channels_to_hide_strangers_learn_nothing() -> None:
    """Everybody knows the paths that everybody may use; what else is not there is for those who have signed in."""
    table = Table()
    table.fix(
        [rest("/a", "GET"), rest("/a", "POST", security="s"), rest("/b", "GET", security="s"), soap("/soap", "x")]
    )
    assert table.match(scope("GET", "/a")).strangers is None
    assert table.match(scope("GET", "/b")).strangers is CODECS["json"]
    for method, path, refusal in (("GET", "/c", NotFound), ("POST", "/b", MethodNotAllowed)):
        found = table.match(scope(method, path))
        assert (found.route.security, found.route.service, type(found.refusal)) == (ANYBODY, "", refusal)
    with pytest.raises(MethodNotAllowed) as caught:
        table.match(scope("PUT", "/a"))
    assert caught.value.allowed == ("GET", "HEAD")
    with pytest.raises(NotFound, match="SOAP action"):
        table.match(post("/soap", SOAPAction="y"))


def test_an_unknown_action_is_told_as_the_channels_of_its_path_do() -> None:
    """At once where everybody may know it, else to who has signed in."""
    table = Table()
    table.fix([SOAPChannel("n", "/open", "s", ("POST",), "", "soap-1.2", soap_action="x")])
    with pytest.raises(UnknownAction) as caught:
        table.match(post("/open", SOAPAction="y"))
    assert caught.value.codec is CODECS["soap-1.2"]
    table.serve({1: SOAPChannel("m", "/closed", "s", ("POST",), "staff", "soap-1.2", soap_action="x")})
    found = table.match(post("/closed", Content_Type="application/soap+xml; action=y"))
    assert (found.route.security, found.codec, type(found.refusal)) == (ANYBODY, CODECS["soap-1.2"], UnknownAction)


@pytest.mark.parametrize(
    ("headers", "codec"),
    [
        ({}, "json"),
        ({"Content-Type": "application/json"}, "json"),
        ({"Content-Type": "text/xml"}, "soap-1.1"),
        ({"SOAPAction": "x"}, "soap-1.1"),
        ({"Content-Type": "application/soap+xml; action=x", "SOAPAction": "x"}, "soap-1.2"),
    ],
)
def test_strangers_are_refused_as_the_request_looks(headers: dict[str, str], codec: str) -> None:
    """What the channel is does not count."""
    table = Table()
    table.fix([rest("/a", security="s"), SOAPChannel("n", "/b", "s", ("POST",), "s", "soap-1.2")])
    assert {table.match(post(path, **headers)).strangers for path in ("/a", "/b", "/c")} == {CODECS[codec]}
