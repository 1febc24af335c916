"""Two servers of one PostgreSQL, each a process, whose clocks differ by two hours: messages have one time."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from websocket import ABNF

from tests.server.cluster.pair import Member, Pair
from tests.server.cluster.till import Till, await_tills, is_served
from tests.server.cluster.waiting import until
from tests.server.conftest import new_database
from tests.services.installation import need

pytestmark = [pytest.mark.live, pytest.mark.postgresql]
HOUR = 3600
TOPIC = "/pair/clocks"
SOON = 60_000  # milliseconds: less than what is between the clocks


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, postgresql_url: str) -> Iterator[Pair]:
    """One is an hour behind PostgreSQL, the other one is an hour ahead of it."""
    library = need("libfaketimeMT.so.1", ["libfaketime"], ["/usr/lib/*/faketime/libfaketimeMT.so.1"])
    for url in new_database(postgresql_url):
        pair = Pair(tmp_path_factory.mktemp("clocks"), url)
        try:
            for member, seconds in ((pair.one, -HOUR), (pair.two, HOUR)):
                member.seconds_ahead = seconds
                with pytest.MonkeyPatch.context() as environment:
                    environment.setenv("LD_PRELOAD", str(library))
                    environment.setenv("FAKETIME", f"{seconds:+d}s")
                    environment.setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                    member.process.start()
                assert abs(member.call("test.clock") - time.time() - seconds) < HOUR / 2
            pair.meet()
            yield pair
        finally:
            pair.stop()


def publish(member: Member, data: object, **options: object) -> None:
    given = {"topic_name": TOPIC, "data": data, "has_gd": True, "expiration": SOON, **options}
    told = member.call("zato.pubsub.pubapi.publish-message", given)
    assert "msg_id" in told, told


def test_messages_of_both_are_in_one_order_and_expire_when_they_should(pair: Pair) -> None:
    """Whoever takes them and whoever delivers them."""
    one, two = pair.one, pair.two
    await_tills(pair, TOPIC, "/clocks")
    with closing(Till(one.process.address, "/clocks")) as till:
        wanted = {"topic_name": TOPIC, "wrap_one_msg_in_list": True}
        assert "sub_key" in till.invoke("zato.pubsub.pubapi.subscribe-wsx", wanted)["data"]

    for member in (two, one):  # The client is there, and then it is not
        for has_gd in (True, False):
            with closing(Till(one.process.address, "/clocks")) as till:
                publish(member, "at once", has_gd=has_gd)
                assert till.receive(1) == [("at once", 1)]
        publish(member, "too late", expiration=1)
    for data, member in enumerate((two, one, two, one)):
        publish(member, data)
    for member, confirms in ((two, False), (one, True)):  # What was not confirmed comes again, one by one
        with closing(Till(member.process.address, "/clocks")) as till:
            found: list[dict[str, Any]] = []
            while len(found) < 4:
                delivery = till.next()
                found += delivery["data"]
                if confirms:
                    till.confirm(delivery)
            assert [each["data"] for each in found] == [0, 1, 2, 3]
            for each in found:
                assert abs(datetime.fromisoformat(each["pub_time_iso"]).timestamp() - time.time()) < HOUR / 2


def test_each_asks_the_other(pair: Pair) -> None:
    """What one proves to the other with a time in it is accepted."""
    fields = {"name": "pinging", "service": "zato.ping", "url_path": "/pinging"}
    channel = pair.one.call("zato.channel.web-socket.create", fields)["id"]
    until(lambda: is_served(pair.two, channel))
    for there, here in ((pair.one, pair.two), (pair.two, pair.one)):
        with closing(Till(there.process.address, "/pinging")) as till:
            [row] = until(lambda here=here: here.call("zato.channel.web-socket.get-connection-list", {"id": channel}))
            assert row["server_name"] == there.name
            asked = {"id": channel, "pub_client_id": row["pub_client_id"]}
            here.call("zato.channel.web-socket.disconnect-connection", asked)
            assert till.connection.recv_data()[0] == ABNF.OPCODE_CLOSE
        until(lambda here=here: not here.call("zato.channel.web-socket.get-connection-list", {"id": channel}))
