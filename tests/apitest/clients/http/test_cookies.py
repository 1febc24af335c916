"""The cookies of a scenario."""

import json

from apitest.clients.http.cookies import Cookies
from apitest.clients.http.message import Headers, Outgoing

HERE = Outgoing("GET", "http://a.example/x", Headers())


def test_none() -> None:
    """Without cookies there is no header and no jar is made."""
    cookies = Cookies()
    assert cookies.is_empty()
    assert cookies.header(HERE) is None
    assert cookies.values() == []
    cookies.close()
    assert vars(cookies) == {"_jar": None}


def test_cookies_of_a_server_go_back_to_it() -> None:
    """They are sent to the host and path that they are for, and end with the scenario."""
    cookies = Cookies()
    cookies.keep(HERE, ["a=1; Path=/", "b=2; Path=/only/here"])
    assert cookies.header(HERE) == "a=1"
    assert cookies.header(Outgoing("GET", "http://a.example/only/here", Headers())) == "b=2; a=1"
    assert cookies.header(Outgoing("GET", "http://b.example/x", Headers())) is None
    assert sorted(cookies.values()) == ["1", "2"]
    cookies.close()
    assert cookies.is_empty()


def test_cookies_of_steps() -> None:
    """They go to every host, unless they are left out; a server's own of the same name takes the place of one."""
    cookies = Cookies()
    cookies.jar.set("a", "of-a-step")
    elsewhere = Outgoing("GET", "http://b.example/", Headers())
    assert cookies.header(elsewhere) == "a=of-a-step"
    assert cookies.header(elsewhere, of_steps=False) is None
    cookies.keep(HERE, ["a=its-own; Path=/"])
    assert (cookies.header(HERE), cookies.header(elsewhere)) == ("a=its-own", None)


def test_a_request_with_a_cookie_header_keeps_it() -> None:
    """The header that a step wrote is not added to."""
    cookies = Cookies()
    cookies.jar.set("a", "1")
    assert cookies.header(Outgoing("GET", "http://a.example/", Headers([("Cookie", "own=1")]))) is None


def test_cookies_of_another_scenario() -> None:
    """What servers have set can be stored as JSON and taken in elsewhere; what steps have set stays."""
    cookies = Cookies()
    assert cookies.stored() == []
    cookies.keep(HERE, ["a=1; Path=/; HttpOnly; Secure", "b=2; Path=/; Max-Age=1000"])
    cookies.jar.set("c", "of-a-step")
    other = Cookies()
    other.take(json.loads(json.dumps(cookies.stored())))
    assert {each.name: each.value for each in other.jar} == {"a": "1", "b": "2"}
    assert [each.has_nonstandard_attr("HttpOnly") for each in other.jar if each.name == "a"] == [True]
    assert other.header(Outgoing("GET", "http://a.example/x", Headers())) == "b=2"
