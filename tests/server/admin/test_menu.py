"""Tests of apitest_server.admin.menu."""

from apitest_server.admin.menu import Entry, groups


def kind(name: str, plural: str) -> dict[str, str]:
    return {"name": name, "plural": plural}


def test_kinds_are_grouped_by_the_beginnings_of_their_names() -> None:
    """In the order of the groups, each sorted; a kind that nobody has thought of is there, too."""
    kinds = [
        kind("cache.builtin", "Caches"),
        kind("security.jwt", "JWT definitions"),
        kind("definition.amqp", "AMQP definitions"),
        kind("channel.web-socket", "WebSocket channels"),
        kind("channel.amqp", "AMQP channels"),
        kind("new.kind", "A new kind"),
    ]
    assert groups(kinds) == [
        ("Channels", [Entry("channel.amqp", "AMQP channels"), Entry("channel.web-socket", "WebSocket channels")]),
        ("Definitions", [Entry("definition.amqp", "AMQP definitions")]),
        ("Caches and storage", [Entry("cache.builtin", "Caches")]),
        ("Security", [Entry("security.jwt", "JWT definitions")]),
        ("Objects", [Entry("new.kind", "A new kind")]),
    ]


def test_there_may_be_none() -> None:
    """Then there are no groups."""
    assert groups([]) == []
