"""Two servers of one ODB: what calls services without anybody who waits, and who may send it, is the same on both."""

import time
from collections.abc import Mapping

import pytest
import zmq

from tests.ports import free_port
from tests.server.cluster.pair import Member, Pair, is_done
from tests.server.cluster.waiting import until
from tests.server.kafka.brokers import Topics
from tests.server.security.envelopes import HEADERS, PASSWORD, signed
from tests.server.zmq.partners import came, peer

pytestmark = pytest.mark.live


def clear(pair: Pair) -> None:
    """Nothing is noted from here on; the servers are those of other tests, too."""
    for member in pair.members:
        (member.directory / "noted").unlink(missing_ok=True)


def both(pair: Pair) -> list[str]:
    return pair.one.noted + pair.two.noted


def sends(member: Member, by: str, name: str, data: str) -> bool:
    answer = member.call("test.send", {"by": by, "name": name, "data": data})
    return not isinstance(answer, tuple)


def shared(pair: Pair, socket: "zmq.Socket[bytes]") -> None:
    """Pushes messages until both servers have got one; none is lost, and none comes twice."""
    clear(pair)
    count = 0
    while not (pair.one.noted and pair.two.noted):
        socket.send(f"message {count}".encode())
        count += 1
        until(lambda count=count: len(both(pair)) == count)
    assert sorted(both(pair)) == sorted(f"message {number}" for number in range(count))


def test_zeromq_channels(pair: Pair) -> None:
    """Sockets of both servers share what a peer pushes; they go where the channel leads now, and away with it."""
    first, second = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
    with peer(zmq.PUSH, first, is_bound=True) as old, peer(zmq.PUSH, second, is_bound=True) as new:
        given = {"name": "in", "address": first, "service": "test.note"}
        made = pair.one.call("zato.channel.zmq.create", given)
        shared(pair, old)
        pair.two.call("zato.channel.zmq.edit", {"id": made["id"], "address": second})
        until(lambda: not old.poll(0, zmq.POLLOUT))
        shared(pair, new)
        pair.one.call("zato.channel.zmq.delete", {"id": made["id"]})
        until(lambda: not new.poll(0, zmq.POLLOUT))


def test_zeromq_connections(pair: Pair) -> None:
    """Services of the other server send where the connection leads now."""
    one, two = pair.one, pair.two
    first, second = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
    with peer(zmq.PULL, first, is_bound=True) as old, peer(zmq.PULL, second, is_bound=True) as new:
        made = one.call("zato.outgoing.zmq.create", {"name": "wire", "address": first})
        until(lambda: sends(two, "zmq", "wire", "a"))
        assert until(lambda: came(old)) == [b"a"]
        two.call("zato.outgoing.zmq.edit", {"id": made["id"], "address": second})
        until(lambda: sends(one, "zmq", "wire", "b") and came(new) == [b"b"])
        one.call("zato.outgoing.zmq.delete", {"id": made["id"]})
        until(lambda: not sends(two, "zmq", "wire", "c"))


@pytest.mark.kafka
@pytest.mark.parametrize("pair", ["sqlite"], indirect=True)
def test_kafka(pair: Pair, kafka_broker: Mapping[str, str]) -> None:
    """Consumers of both servers share the partitions of a topic; a channel and a connection lead elsewhere on both."""
    one, two = pair.one, pair.two
    topics = Topics(kafka_broker)
    first, second = topics.new(partitions=2), topics.new(partitions=2)
    given = {**topics.plain, "topic": first}
    clear(pair)
    channel = one.call("zato.channel.kafka.create", {"name": "in", "service": "test.note", "group_id": first, **given})
    out = two.call("zato.outgoing.kafka.create", {"name": "out", **given})
    until(lambda: topics.shares(first) == [1, 1])
    for partition in range(2):
        topics.put(first, f"of {partition}", partition=partition)
    until(lambda: sorted(both(pair)) == ["of 0", "of 1"])
    assert (len(one.noted), len(two.noted)) == (1, 1)
    until(lambda: sends(one, "kafka", "out", "of one"))
    until(lambda: "of one" in both(pair))
    two.call("zato.channel.kafka.edit", {"id": channel["id"], "topic": second, "group_id": second})
    one.call("zato.outgoing.kafka.edit", {"id": out["id"], "topic": second})
    until(lambda: topics.shares(second) == [1, 1])
    until(lambda: sends(two, "kafka", "out", "of two") and "of two" in both(pair))
    one.call("zato.channel.kafka.delete", {"id": channel["id"]})
    two.call("zato.outgoing.kafka.delete", {"id": out["id"]})
    until(lambda: topics.shares(second) == [])
    until(lambda: not sends(one, "kafka", "out", "x"))


def test_ws_security(pair: Pair) -> None:
    """A token is good once, on either server; so is a new password that either of them was told."""
    one, two = pair.one, pair.two

    def status(member: Member, message: bytes) -> int:
        return member.request("/soap", message, HEADERS)[0]

    made = one.call("zato.security.wss.create", {"name": "maria", "username": "maria", "password": PASSWORD})
    fields = {"name": "soap", "connection": "channel", "transport": "soap", "url_path": "/soap"}
    channel = one.call("zato.http-soap.create", {**fields, "service": "test.who", "security_id": made["id"]})
    until(lambda: status(two, signed()) == 200)
    message = signed()
    assert status(one, message) == 200
    until(lambda: status(two, message) == 401)
    two.call("zato.security.wss.change-password", {"id": made["id"], "password1": "new", "password2": "new"})
    until(lambda: status(one, signed(password="new")) == 200)
    assert status(one, signed()) == status(two, signed()) == 401
    two.call("zato.security.wss.edit", {"id": made["id"], "is_active": False})
    until(lambda: status(one, signed(password="new")) == 401)
    two.call("zato.http-soap.delete", {"id": channel["id"]})
    one.call("zato.security.wss.delete", {"id": made["id"]})


def test_sql_notifications(pair: Pair) -> None:
    """One server at a time runs a query, by what both know of it now; none does once it is deleted."""
    one, two = pair.one, pair.two
    shop = one.call("zato.outgoing.sql.create", {"name": "shop", "engine": "sqlite", "db_name": "shop.sqlite"})

    def notified(name: str) -> int:
        fields = {"name": name, "def_id": shop["id"], "service_name": "test.note", "interval": 1}
        return int(one.call("zato.notif.sql.create", {**fields, "query": f"SELECT '{name}' AS article"})["id"])

    def noted(article: str) -> int:
        return len([line for line in both(pair) if article in line])

    clear(pair)
    begun = time.monotonic()
    number = notified("tea")
    until(lambda: noted("tea") >= 3)
    assert time.monotonic() - begun > 1.9
    two.call("zato.notif.sql.edit", {"id": number, "query": "SELECT 'milk' AS article"})
    until(lambda: noted("milk"))
    one.call("zato.notif.sql.delete", {"id": number})
    other = notified("water")
    until(lambda: noted("water"))  # By now the other server has heard of all of that
    milk, tea = noted("milk"), noted("tea")
    until(lambda: noted("water") >= 3)
    assert (noted("milk"), noted("tea")) == (milk, tea)
    two.call("zato.notif.sql.delete", {"id": other})
    assert is_done(two.call("zato.outgoing.sql.delete", {"id": shop["id"]}))
