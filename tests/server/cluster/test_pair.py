"""Two servers of one ODB, each a process with a directory of its own: what one of them does counts on the other."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.server.cluster.pair import SERVICES, Member, Pair, is_done
from tests.server.cluster.waiting import until
from tests.server.internal.service.test_package import upload

pytestmark = pytest.mark.live
ONCE = b"""
from zato.server.service import Service
class Once(Service):
    name = 'sent.once'
    def handle(self): pass
"""


def test_each_server_lists_both(pair: Pair) -> None:
    """Itself first, and what the other one says of itself."""
    for member, other in ((pair.one, pair.two), (pair.two, pair.one)):
        rows = member.call("zato.server.get-list")
        assert [row["name"] for row in rows] == [member.name, other.name]
        assert [row["pid"] for row in rows] == [member.process.pid, other.process.pid]
        assert rows[1]["started"] == other.call("zato.server.get-list")[0]["started"]
        assert member.call("zato.server.edit", {"id": rows[1]["id"], "log_level": "INFO"})["name"] == other.name
        assert member.call("zato.server.edit", {"id": rows[1]["id"], "name": "renamed"})["name"] == "renamed"
        assert other.call("test.who")["server"] == "renamed"
        assert member.call("zato.server.edit", {"id": rows[1]["id"], "name": member.name})[0] == 409
        assert member.call("zato.server.edit", {"id": rows[1]["id"], "name": other.name})["name"] == other.name


def test_channels_and_who_may_call_them(pair: Pair) -> None:
    """A security definition, its channel, a new password, another path; both are switched off, and the channel goes."""
    one, two = pair.one, pair.two
    user = one.call("zato.security.basic-auth.create", {"name": "u1", "username": "u1", "password": "first"})
    fields = {"name": "c1", "connection": "channel", "transport": "plain_http", "url_path": "/c1"}
    channel = one.call("zato.http-soap.create", {**fields, "service": "test.who", "security_id": user["id"]})
    until(lambda: two.status("/c1", "u1", "first") == 200)
    assert two.status("/c1", "u1", "wrong") == 401
    passwords = {"password1": "second", "password2": "second"}
    one.call("zato.security.basic-auth.change-password", {"id": user["id"], **passwords})
    until(lambda: two.status("/c1", "u1", "second") == 200)
    assert two.status("/c1", "u1", "first") == 401
    two.call("zato.http-soap.edit", {"id": channel["id"], "url_path": "/c2"})
    until(lambda: one.status("/c2", "u1", "second") == 200)
    two.call("zato.http-soap.edit", {"id": channel["id"], "is_active": False})
    until(lambda: one.status("/c2", "u1", "second") == 404)
    two.call("zato.http-soap.edit", {"id": channel["id"], "is_active": True})
    until(lambda: one.status("/c2", "u1", "second") == 200)
    two.call("zato.security.basic-auth.edit", {"id": user["id"], "is_active": False})
    until(lambda: one.status("/c2", "u1", "second") == 401)
    two.call("zato.http-soap.delete", {"id": channel["id"]})
    until(lambda: one.status("/c2", "u1", "second") == 404)
    two.call("zato.security.basic-auth.delete", {"id": user["id"]})


def test_publish_subscribe_over_rest(pair: Pair) -> None:
    """Who may use a topic on one server may on the other; each gives out, once, what either has taken."""
    one, two = pair.one, pair.two
    topic = one.call("zato.pubsub.topic.create", {"name": "/pair"})
    user = one.call("zato.security.basic-auth.create", {"name": "crm", "username": "crm", "password": "p"})
    fields = {"name": "crm", "security_id": user["id"], "topic_patterns": "pub=/*\nsub=/*"}
    endpoint = one.call("zato.pubsub.endpoint.create", fields)
    headers = {"Authorization": f"Basic {b64encode(b'crm:p').decode()}", "Content-Type": "application/json"}

    def rest(member: Member, path: str, body: object = None) -> tuple[int, Any]:
        status, text = member.request(f"/zato/pubsub/{path}", json.dumps(body).encode(), headers)
        return status, json.loads(text)

    told: list[tuple[int, Any]] = []
    until(lambda: told.append(rest(two, "subscribe/topic//pair")) or told[-1][0] == 200)
    path = f"topic//pair?sub_key={told[-1][1]['sub_key']}"
    wanted = [f"{member.name} {has_gd}" for member in (one, two) for has_gd in (True, False)]
    for member in (one, two):
        for has_gd in (True, False):
            assert rest(member, "topic//pair", {"data": f"{member.name} {has_gd}", "has_gd": has_gd})[0] == 200
    taken: list[dict[str, Any]] = []

    def all_taken() -> bool:
        for member in (one, two):
            taken.extend(rest(member, path)[1])
        return len(taken) >= len(wanted)

    until(all_taken)
    assert sorted(message["data"] for message in taken) == sorted(wanted)
    assert {message["delivery_count"] for message in taken} == {1}
    msg_id = json.loads(one.request("/zato/pubsub/topic//pair", b'{"data": "here"}', headers)[1])["msg_id"]
    assert two.request(f"/zato/pubsub/msg/{msg_id}", None, headers)[0] == 200
    asked = {"msg_id": msg_id, "sub_key": path.partition("=")[2]}
    assert two.call("zato.pubsub.message.why", asked)["state"] == "waiting"
    assert two.call("zato.pubsub.message.delete", {"msg_id": msg_id}) == {"msg_id": msg_id}
    assert one.call("zato.pubsub.message.get", {"msg_id": msg_id})[0] == 404
    two.call("zato.pubsub.endpoint.edit", {"id": endpoint["id"], "topic_patterns": ""})
    until(lambda: rest(one, path)[0] == 403)
    assert rest(two, path)[0] == 403
    for kind, made in (("pubsub.endpoint", endpoint), ("security.basic-auth", user), ("pubsub.topic", topic)):
        one.call(f"zato.{kind}.delete", {"id": made["id"]})


def test_tokens_and_log_outs(pair: Pair) -> None:
    """Who logs in at one server is known to the other, until a log-out at either; who is deleted on one, at neither."""
    one, two = pair.one, pair.two
    user = one.call("zato.security.jwt.create", {"name": "j1", "username": "j1", "password": "p"})
    fields = {"name": "c2", "connection": "channel", "transport": "plain_http", "url_path": "/jwt"}
    channel = one.call("zato.http-soap.create", {**fields, "service": "test.who", "security_id": user["id"]})
    credentials = b'{"username": "j1", "password": "p"}'
    json_type = {"Content-Type": "application/json"}
    until(lambda: two.request("/zato/jwt/log-in", credentials, json_type)[0] == 200)
    token = two.request("/zato/jwt/log-in", credentials, json_type)[1].split('"token"')[1].split('"')[1]
    for member in pair.members:
        until(lambda member=member: member.status("/jwt", Authorization=f"Bearer {token}") == 200)
    assert one.request("/zato/jwt/log-out", json.dumps({"token": token}).encode(), json_type)[0] == 200
    until(lambda: two.status("/jwt", Authorization=f"Bearer {token}") == 401)
    one.call("zato.http-soap.delete", {"id": channel["id"]})
    one.call("zato.security.jwt.delete", {"id": user["id"]})
    until(lambda: two.request("/zato/jwt/log-in", credentials, json_type)[0] == 401)


def test_administrators(pair: Pair) -> None:
    """A new one may use either server."""
    one, two = pair.one, pair.two
    made = one.call("zato.security.administrator.create", {"name": "boss", "password": "b"})
    until(lambda: two.status("/zato/json/zato.ping", "boss", "b") == 200)
    two.call("zato.security.administrator.delete", {"id": made["id"]})
    until(lambda: one.status("/zato/json/zato.ping", "boss", "b") == 401)


def test_services_are_switched_off_and_on(pair: Pair) -> None:
    """On both."""
    one, two = pair.one, pair.two
    one.call("zato.service.edit", {"name": "test.who", "is_active": False})
    until(lambda: isinstance(two.call("test.who"), tuple))
    two.call("zato.service.edit", {"name": "test.who", "is_active": True})
    until(lambda: one.call("test.who") == {"server": "one"})


def test_amqp_channels_and_connections(pair: Pair) -> None:
    """They come and go on the other server, too; one that has changed leads elsewhere, on both."""
    one, two = pair.one, pair.two
    amqp = one.call("zato.definition.amqp.create", {"name": "/amqp", "host": "127.0.0.1", "port": 1, "username": "me"})
    channel = {"name": "in", "def_id": amqp["id"], "queue": "q", "service": "test.who"}
    made = {
        "channel": one.call("zato.channel.amqp.create", channel),
        "outgoing": two.call("zato.outgoing.amqp.create", {"name": "out", "def_id": amqp["id"]}),
    }

    def has(member: Member, kind: str) -> bool:
        return is_done(member.call(f"zato.{kind}.amqp.get-status", {"id": made[kind]["id"]}))

    until(lambda: all(has(member, kind) for member in (one, two) for kind in made))
    one.call("zato.definition.amqp.edit", {"id": amqp["id"], "vhost": "elsewhere"})
    for member in (one, two):
        until(lambda member=member: "/elsewhere: " in member.call("zato.definition.amqp.ping", {"name": "/amqp"})[1])
    for kind, row in made.items():
        two.call(f"zato.{kind}.amqp.delete", {"id": row["id"]})
    until(lambda: not any(has(member, kind) for member in (one, two) for kind in made))
    one.call("zato.definition.amqp.delete", {"id": amqp["id"]})


def test_caches(pair: Pair) -> None:
    """What a service sets on one server, one of the other server's reads; a cache that was just made has it, too."""
    one, two = pair.one, pair.two
    one.call("test.hold", {"key": "k1", "value": {"a": [1]}})
    until(lambda: two.call("test.held", "k1") == {"a": [1]})
    made = one.call("zato.cache.builtin.create", {"name": "fresh"})
    one.call("zato.cache.builtin.entry.set", {"cache": "fresh", "key": "k2", "value": "v"})
    two_has = lambda: two.call("zato.cache.builtin.entry.get", {"cache": "fresh", "key": "k2"})  # noqa: E731
    until(lambda: not isinstance(two_has(), tuple) and two_has()["value"] == "v")
    two.call("zato.cache.builtin.delete", {"id": made["id"]})


def test_jobs_are_run_by_one_server_at_a_time(pair: Pair) -> None:
    """Whichever; both know that it was run, and how often."""
    one, two = pair.one, pair.two
    start = datetime.now(UTC).isoformat()
    job = {"service": "test.count", "job_type": "interval_based", "seconds": 1, "start_date": start, "repeats": 3}
    made = one.call("zato.scheduler.job.create", {"name": "counting", **job})

    def runs(member: Member) -> int:
        [row] = [row for row in member.call("zato.scheduler.job.get-status-list") if row["id"] == made["id"]]
        return int(row["runs"]) if row["next_run"] is None else 0

    until(lambda: runs(one) == 3 and runs(two) == 3)
    until(lambda: len(counted(pair)) == 3)
    two.call("zato.scheduler.job.delete", {"id": made["id"]})


def counted(pair: Pair) -> list[str]:
    """The servers that have run the service that counts."""
    paths = [member.directory / "counted" for member in pair.members]
    return [line for path in paths if path.exists() for line in path.read_text("utf-8").splitlines()]


def test_uploaded_services(pair: Pair) -> None:
    """They are on both servers once the upload is answered, and gone from both; a server that refuses is told."""
    one, two = pair.one, pair.two
    source = SERVICES.replace("'test.", "'sent.").encode()
    found = one.call("zato.service.upload-package", upload(source, "sent.py"))
    assert "sent.who" in found["services"]
    assert "not_on" not in found
    assert [member.call("sent.who") for member in pair.members] == [{"server": "one"}, {"server": "two"}]
    head, tail = (
        b"from zato.server.service import Service\nclass Once(Service):\n    name = ",
        b"    def handle(self): pass\n",
    )
    single = head + b"'sent.once'\n" + tail
    two.call("zato.service.upload-package", upload(single, "once.py"))
    assert two.call("zato.service.delete", {"name": "sent.once"})["name"] == "sent.once"
    for member in pair.members:
        assert not (member.directory / "services" / "once.py").exists()
    (two.directory / "services" / "placed.py").write_bytes(single.replace(b"once", b"placed"))
    until(lambda: not isinstance(two.call("zato.service.get-by-name", {"name": "sent.placed"}), tuple))
    [refusal] = one.call("zato.service.upload-package", upload(single.replace(b"once", b"placed"), "late.py"))["not_on"]
    assert refusal.startswith("two: ")
    assert "sent.placed" in refusal
