"""Two servers of one ODB: objects of the kinds that there are, made, changed and deleted on one, on the other."""

from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect

from tests.server.cluster.kinds import found_by_services
from tests.server.cluster.pair import Member, Pair, is_done
from tests.server.cluster.waiting import until

pytestmark = pytest.mark.live


def accepts_websockets(member: Member, path: str) -> bool:
    try:
        with connect(member.process.address.replace("http", "ws") + path, proxy=None):
            return True
    except InvalidHandshake:
        return False


# Kind of objects, fields of one, and whether a server has it: by what it does, not by what is in the ODB
Effect = Callable[[Member, str], bool]
KINDS: dict[str, tuple[dict[str, object], Effect]] = {
    "cache.builtin": (
        {},
        lambda one, name: name in [row["name"] for row in one.call("zato.cache.builtin.get-statistics")],
    ),
    "cache.memcached": (
        {"servers": "127.0.0.1:1"},
        lambda one, name: one.call("zato.cache.memcached.ping", {"name": name})[0] == 503,
    ),
    "definition.amqp": (
        {"host": "127.0.0.1", "port": 1, "username": "me"},
        lambda one, name: one.call("zato.definition.amqp.ping", {"name": name})[0] == 503,
    ),
    "scheduler.job": (
        {"service": "test.who", "job_type": "interval_based", "hours": 1},
        lambda one, name: name in [row["name"] for row in one.call("zato.scheduler.job.get-status-list")],
    ),
    "channel.web-socket": (
        {"url_path": "/wsx", "service": "test.who"},
        lambda one, name: accepts_websockets(one, "/wsx" if name == "/first" else "/other"),
    ),
    "pubsub.topic": (
        {},
        lambda one, name: is_done(one.call("zato.pubsub.pubapi.publish-message", {"topic_name": name, "data": "x"})),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_of_objects(pair: Pair, kind: str) -> None:
    """They come, change and go on the other server, too, whichever has done it."""
    one, two = pair.one, pair.two
    fields, has = KINDS[kind]
    assert not has(two, "/first")
    made = one.call(f"zato.{kind}.create", {"name": "/first", **fields})
    until(lambda: has(two, "/first"))
    more = {"url_path": "/other"} if "url_path" in fields else {}
    two.call(f"zato.{kind}.edit", {"id": made["id"], "name": "/second", **more})
    until(lambda: has(one, "/second"))
    one.call(f"zato.{kind}.delete", {"id": made["id"]})
    until(lambda: not has(two, "/second"))
    assert not has(one, "/second")


def test_what_services_find_by_name(pair: Pair) -> None:
    """Connections of every kind come, get another name and go on the other server, too, whichever has done it."""
    one, two = pair.one, pair.two
    kinds = found_by_services(one)
    places = [kind.place for kind in kinds]

    def finds(member: Member, name: str) -> list[bool]:
        found: list[bool] = member.call("test.finds", {"places": places, "name": name})["found"]
        return found

    assert {"out.odoo", "out.sap", "out.jms_wmq", "email.imap", "cassandra_query"} <= set(places)
    assert not any(finds(two, "/first"))
    made = [one.call(f"zato.{kind.name}.create", {"name": "/first", **kind.fields}) for kind in kinds]
    assert [row for row in made if not is_done(row)] == []
    until(lambda: all(finds(two, "/first")))
    for kind, row in zip(kinds, made, strict=True):
        two.call(f"zato.{kind.name}.edit", {"id": row["id"], "name": "/second"})
    until(lambda: all(finds(one, "/second")))
    assert not any(finds(one, "/first"))
    for kind, row in zip(kinds, made, strict=True):
        one.call(f"zato.{kind.name}.delete", {"id": row["id"]})
    until(lambda: not any(finds(two, "/second")))


def test_definitions_that_others_refer_to(pair: Pair) -> None:
    """The other server lists them by the name that they have now, and lets them go once nobody refers to them."""
    one, two = pair.one, pair.two
    manager = one.call("zato.definition.jms-wmq.create", {"name": "/first", "host": "h", "channel": "C"})
    fields = {"name": "/in", "def_id": manager["id"], "queue": "Q", "service": "test.who"}
    channel = two.call("zato.channel.jms-wmq.create", fields)

    def listed(member: Member) -> list[str]:
        return [row["def_name"] for row in member.call("zato.channel.jms-wmq.get-list", {"query": "/in"})]

    until(lambda: listed(one) == listed(two) == ["/first"])
    one.call("zato.definition.jms-wmq.edit", {"id": manager["id"], "name": "/second"})
    until(lambda: listed(two) == ["/second"])
    assert two.call("zato.definition.jms-wmq.delete", {"id": manager["id"]})[0] == 400
    one.call("zato.channel.jms-wmq.delete", {"id": channel["id"]})
    assert is_done(two.call("zato.definition.jms-wmq.delete", {"id": manager["id"]}))


def test_dictionaries_and_translations(pair: Pair) -> None:
    """Services of the other server translate by what is said now."""
    one, two = pair.one, pair.two
    words = [("CRM", "country", "us"), ("ERP", "land", "1"), ("ERP", "land", "2")]
    names = ("system", "key", "value")
    kind = "zato.kvdb.data-dict"
    made = [one.call(f"{kind}.dictionary.create", dict(zip(names, each, strict=True))) for each in words]
    given = {"system1": "CRM", "key1": "country", "value1": "us", "system2": "ERP", "key2": "land", "value2": "1"}
    translation = one.call(f"{kind}.translation.create", given)
    until(lambda: two.call("test.translates") == {"land": "1"})
    two.call(f"{kind}.translation.edit", {"id": translation["id"], "value2": "2"})
    until(lambda: one.call("test.translates") == {"land": "2"})
    one.call(f"{kind}.translation.delete", {"id": translation["id"]})
    until(lambda: two.call("test.translates") == {"land": ""})
    for row in made:
        one.call(f"{kind}.dictionary.delete", {"id": row["id"]})


def test_roles(pair: Pair) -> None:
    """Who is given a role on one server may call what it permits on the other, until it is taken away."""
    one, two = pair.one, pair.two
    user = one.call("zato.security.basic-auth.create", {"name": "clerk", "username": "clerk", "password": "p"})
    fields = {"name": "roles", "connection": "channel", "transport": "plain_http", "url_path": "/roles"}
    secured = {"service": "test.who", "security_id": user["id"], "has_rbac": True}
    channel = one.call("zato.http-soap.create", {**fields, **secured})
    until(lambda: two.status("/roles", "clerk", "p") == 403)
    role = one.call("zato.security.rbac.role.create", {"name": "clerks", "parent_id": -1})
    [read] = one.call("zato.security.rbac.permission.get-list", {"query": "Read"})
    service = one.call("zato.service.get-by-name", {"name": "test.who"})
    permission = {"role_id": role["id"], "service_id": service["id"], "perm_id": read["id"]}
    granted = one.call("zato.security.rbac.role-permission.create", permission)
    client = {"client_def": "sec_def:::basic_auth:::clerk", "role_id": role["id"]}
    given = one.call("zato.security.rbac.client-role.create", client)
    until(lambda: two.status("/roles", "clerk", "p") == 200)
    two.call("zato.security.rbac.client-role.delete", {"id": given["id"]})
    until(lambda: one.status("/roles", "clerk", "p") == 403)
    two.call("zato.security.rbac.role-permission.delete", {"id": granted["id"]})
    for kind, row in (("security.rbac.role", role), ("http-soap", channel), ("security.basic-auth", user)):
        one.call(f"zato.{kind}.delete", {"id": row["id"]})
