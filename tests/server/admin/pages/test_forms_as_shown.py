"""Tests of the forms of every kind of objects, sent as a browser shows them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from apitest_server.deploy.names import service_id
from tests.apitest.clients.certificates import Authority
from tests.server.admin.visitor import Visitor, visiting, words
from tests.server.asgi import Answer
from tests.server.outgoing.tls_server import pair

# What people fill in where a kind asks for more than its required fields, or for something that has to exist.
FILLED_IN = {
    "security.rbac.role-permission": {"service_id": str(service_id("zato.ping"))},
    "channel.zmq": {"address": "tcp://127.0.0.1:1", "service": "zato.ping"},
    "outgoing.zmq": {"address": "tcp://127.0.0.1:1"},
    "notif.sql": {"query": "SELECT 1 WHERE 1 = 0", "service_name": "zato.ping"},
    "channel.file-transfer": {"pickup_from_list": "in", "service_list": "zato.ping"},
    "channel.kafka": {"address": "127.0.0.1:1", "topic": "orders", "service": "zato.ping", "is_active": ""},
    "outgoing.kafka": {"address": "127.0.0.1:1", "is_active": ""},
    "channel.web-socket": {"service": "zato.ping"},
    "http-soap": {"url_path": "/x", "service": "zato.ping"},
    "outgoing.sql": {"db_name": "/tmp/apitest-x.db"},
    "cache.memcached": {"servers": "memcached.example.com"},
    "outgoing.mongodb": {"server_list": "mongodb.example.com:27017"},
    "search.es": {"hosts": "search.example.com"},
    "search.solr": {"address": "https://solr.example.com/solr/shop"},
    "outgoing.ldap": {"server_list": "ldap.example.com:389"},
    "outgoing.wsx": {"address": "ws://127.0.0.1:9/", "is_active": ""},
    "pubsub.endpoint": {"endpoint_type": "service", "service_name": "zato.ping"},
    "pubsub.topic": {"name": "/x"},
    "security.oauth": {"auth_server_url": "http://127.0.0.1:9/token"},
    "security.vault.connection": {"url": "http://127.0.0.1:9"},
    "security.rbac.client-role": {"client_def": "sec_def:::basic_auth:::security.basic-auth"},
    "scheduler.job": {"service": "zato.ping", "job_type": "cron_style", "cron_definition": "0 6 * * *"},
}
SAID = {"host": "127.0.0.1", "password": "a password", "service": "zato.ping"}


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


def needs(kind: dict[str, Any]) -> list[str]:
    """The fields in which another object has to be chosen."""
    return [field["name"] for field in kind["fields"] if field["required"] and field["refers_to"]]


def choices(answer: Answer, name: str) -> list[str]:
    """What can be chosen in a field."""
    return [str(value) for value in html.fromstring(answer.text).xpath(f"//select[@name='{name}']/option/@value")]


def certificates(directory: Path) -> dict[str, dict[str, str]]:
    """What kinds ask for that hold certificates; a browser makes one line of it."""
    authority = Authority(directory)
    texts = {"ca-cert": authority.ca_file.read_text(), "key-cert": pair(authority), "channel": "CN=shop-*"}
    return {f"security.tls.{kind}": {"value": text.replace("\n", "")} for kind, text in texts.items()}


def test_what_is_shown_can_be_sent(visitor: Visitor, tmp_path: Path) -> None:
    """An object of each kind is made of its form as it is, listed, and changed by its form as it is: to what it was."""
    names = [kind["name"] for kind in visitor.client.result("zato.kind.get-list")]
    kinds = [visitor.client.result("zato.kind.get", {"name": name}) for name in names]
    made = {kind["name"]: needs(kind) for kind in kinds if "create" in kind["verbs"]}
    assert len(made) > 10
    filled_in = FILLED_IN | certificates(tmp_path)
    for kind, needed in sorted(made.items(), key=lambda item: len(item[1])):
        page = visitor.get(f"objects/{kind}/new")
        shown = {**form(page), **{name: choices(page, name)[-1] for name in needed}}
        named = {"name": kind, "username": kind} if "name" in shown else {}
        sent = {**shown, **named, **filled_in.get(kind, {})}
        answer = visitor.post(f"objects/{kind}/new", **sent)
        assert "was created" in words(answer), f"{kind}: {words(answer)}"
        rows = visitor.client.result(f"zato.{kind}.get-list")
        newest = max(rows, key=lambda row: row["id"])
        listed = visitor.get(f"objects/{kind}?search={quote(newest['name'])}")  # It may not be on the first page
        assert f"objects/{kind}/{newest['id']}" in listed.text
        page = visitor.get(f"objects/{kind}/{newest['id']}")
        before = visitor.client.result(f"zato.{kind}.get-by-id", {"id": newest["id"]})
        assert "was changed" in words(visitor.post(f"objects/{kind}/{newest['id']}", **form(page))), kind
        assert visitor.client.result(f"zato.{kind}.get-by-id", {"id": newest["id"]}) == before
