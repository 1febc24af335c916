"""Tests of apitest_server.admin.pages.steps."""

import re
from html import unescape

from tests.server.admin.visitor import Visitor, words


def steps_of_the_last_act(visitor: Visitor, page: str) -> str:
    number = re.search(r"steps/([0-9a-f]+)", page)
    assert number
    found = re.search(r'<pre id="steps"[^>]*>(.*?)</pre>', visitor.get(f"steps/{number[1]}").text, re.DOTALL)
    assert found
    return unescape(found[1])


def test_what_was_done_can_be_copied(visitor: Visitor) -> None:
    """As a scenario without secrets."""
    visitor.get("objects/outgoing.sql/new")
    fields = {"name": "orders", "engine": "sqlite", "db_name": "/x.db", "password": "hush"}
    text = steps_of_the_last_act(visitor, visitor.post("objects/outgoing.sql/new", **fields).text)
    assert 'And URL path "/zato/json/zato.outgoing.sql.create"' in text
    assert '"name": "orders"' in text
    assert '"password": "${PASSWORD}"' in text
    assert "hush" not in text


def test_what_is_forgotten_is_told(visitor: Visitor) -> None:
    """The server keeps the last acts only."""
    answer = visitor.get("steps/0123456789abcdef")
    assert (answer.status, "does not remember it any longer" in words(answer)) == (404, True)


def test_steps_find_the_object_that_was_meant(visitor: Visitor) -> None:
    """Where a channel and a connection have one name, by what tells them apart."""
    for connection in ("channel", "outgoing"):
        given = {"name": "same", "connection": connection, "transport": "plain_http", "url_path": "/same"}
        where = {"service": "zato.ping"} if connection == "channel" else {"host": "http://localhost"}
        number = visitor.client.result("zato.http-soap.create", {**given, **where})["id"]
    visitor.get("objects/http-soap")
    text = steps_of_the_last_act(visitor, visitor.post(f"objects/http-soap/{number}/delete").text)
    lookup = text[text.index("zato.http-soap.get-by-name") : text.index("zato.http-soap.delete")]
    assert '"outgoing"' in lookup
    assert [row["connection"] for row in visitor.client.result("zato.http-soap.get-list", {"query": "same"})] == [
        "channel"
    ]
