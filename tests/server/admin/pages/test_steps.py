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
