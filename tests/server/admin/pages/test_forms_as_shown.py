"""Tests of the forms of every kind of objects, sent as a browser shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.server.admin.visitor import Visitor, visiting, words
from tests.server.asgi import Answer

# What people fill in where a kind asks for more than its required fields, or for something that has to exist.
FILLED_IN = {
    "channel.web-socket": {"service": "zato.ping"},
    "http-soap": {"url_path": "/x", "service": "zato.ping"},
    "outgoing.sql": {"db_name": "/tmp/apitest-x.db"},
    "outgoing.wsx": {"address": "ws://127.0.0.1:9/", "is_active": ""},
    "pubsub.endpoint": {"endpoint_type": "service", "service_name": "zato.ping"},
    "pubsub.topic": {"name": "/x"},
    "scheduler.job": {"service": "zato.ping", "job_type": "cron_style", "cron_definition": "0 6 * * *"},
}
SAID = {"host": "127.0.0.1", "password": "a password"}


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """Who has signed in to a server."""
    with visiting(tmp_path, monkeypatch) as made:
        yield made


def form(answer: Answer) -> dict[str, str]:
    """What a browser would send of an object's form; text that has to be filled in has been."""
    [found] = html.fromstring(answer.text).xpath("//form[@class='card form']")
    sent = {name: (value or "").removeprefix("\n") for name, value in found.form_values()}  # Of a textarea it is none
    needed = (each for each in found.xpath(".//input[@required]") if not sent.get(each.name))
    return {**sent, **{each.name: SAID.get(each.name, "x") for each in needed}}


def test_what_is_shown_can_be_sent(visitor: Visitor) -> None:
    """An object of each kind is made of its form as it is, listed, and changed by its form as it is: to what it was."""
    kinds = [kind["name"] for kind in visitor.client.result("zato.kind.get-list")]
    made = [kind for kind in kinds if "create" in visitor.client.result("zato.kind.get", {"name": kind})["verbs"]]
    assert len(made) > 10
    for kind in made:
        shown = form(visitor.get(f"objects/{kind}/new"))
        named = {"name": kind, "username": kind} if "name" in shown else {}
        sent = {**shown, **named, **FILLED_IN.get(kind, {})}
        answer = visitor.post(f"objects/{kind}/new", **sent)
        assert "was created" in words(answer), f"{kind}: {words(answer)}"
        rows = visitor.client.result(f"zato.{kind}.get-list")
        newest = max(rows, key=lambda row: row["id"])
        assert f"objects/{kind}/{newest['id']}" in answer.text
        page = visitor.get(f"objects/{kind}/{newest['id']}")
        before = visitor.client.result(f"zato.{kind}.get-by-id", {"id": newest["id"]})
        assert "was changed" in words(visitor.post(f"objects/{kind}/{newest['id']}", **form(page))), kind
        assert visitor.client.result(f"zato.{kind}.get-by-id", {"id": newest["id"]}) == before
