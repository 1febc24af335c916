"""Tests of apitest_server.pubsub.directory."""

import pytest

from apitest_server.errors import Forbidden, NotFound
from apitest_server.pubsub.directory import Directory, Endpoint, Topic, full
from apitest_server.pubsub.topics import permissions


def test_a_directory() -> None:
    """By ID and by name, also after a change of name; who is interested is told."""
    told: list[int] = []
    topics: Directory[Topic] = Directory("topic", told.append)
    topics.put(Topic(id=1, name="/a"))
    topics.put(Topic(id=1, name="/b"))
    topics.put(Topic(id=1, name="/b", is_active=False))
    assert topics.get(1) is topics.named("/b") is topics.all()[0]
    with pytest.raises(NotFound, match="There is no topic `/a`"):
        topics.named("/a")
    topics.remove(1)
    topics.remove(1)
    assert len(topics) == 0
    assert topics.get(1) is None
    assert told == [1, 1, 1, 1]


def test_two_that_have_taken_each_others_names() -> None:
    """Each is found by the one that it has now, as on a server that hears only of what has come of it."""
    topics: Directory[Topic] = Directory("topic")
    for number, name in ((1, "/a"), (2, "/b"), (3, "/c"), (1, "/b"), (2, "/c"), (3, "/a")):
        topics.put(Topic(id=number, name=name))
    assert [topics.named(name).id for name in ("/b", "/c", "/a")] == [1, 2, 3]
    topics.put(Topic(id=1, name="/c"))
    topics.remove(2)
    assert topics.named("/c").id == 1


def test_what_an_endpoint_may_do() -> None:
    """Its role, its permissions and whether it is active."""
    allowed = permissions("pub=/a\nsub=/b")
    assert Endpoint(id=1, name="x", permissions=allowed).may("pub", "/a")
    assert Endpoint(id=1, name="x", permissions=allowed, role="sub").may("sub", "/b")
    assert not Endpoint(id=1, name="x", permissions=allowed, role="sub").may("pub", "/a")
    assert not Endpoint(id=1, name="x", permissions=allowed, role="pub").may("sub", "/b")
    assert not Endpoint(id=1, name="x", permissions=allowed, is_active=False).may("pub", "/a")
    Endpoint(id=1, name="x", permissions=allowed).must_be_allowed("sub", "/b")
    with pytest.raises(Forbidden, match="The endpoint `x` may not subscribe to topic `/a`"):
        Endpoint(id=1, name="x", permissions=allowed).must_be_allowed("sub", "/a")


def test_what_is_said_of_a_full_topic() -> None:
    """Which one it is."""
    assert "`/a` is full" in str(full(Topic(id=1, name="/a")))
