import json
from pathlib import Path

from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import kept, until
from tests.server.transfer import files
from tests.server.wsx.serving import Listening, run
from tests.server.zmq import partners

SERVICES = """
from zato.server.service import Service

class Order(Service):
    name = 'order'
    def handle(self):
        if self.request.input.get('fail'):
            raise ValueError('not this one')
        self.response.payload = {'ordered': self.request.input['article'], 'token': 'very-secret'}
"""
ON = {"is_audit_log_received_active": True, "is_audit_log_sent_active": True}
CHANNEL = {
    "name": "orders",
    "connection": "channel",
    "transport": "plain_http",
    "url_path": "/order",
    "service": "order",
}
LIST = "zato.audit-log.event.get-list"


def rows(client: Client, **wanted: object) -> list[tuple[str, str]]:
    return [(row["direction"], row["data"]) for row in client.result(LIST, wanted)]


def test_what_a_rest_channel_receives_and_sends_is_kept(tmp_path: Path) -> None:
    """With the cid that the client got, and without secrets; what a failure says inside stays in the log."""
    with served(tmp_path, s=SERVICES) as client:
        number = client.result("zato.http-soap.create", {**CHANNEL, **ON})["id"]
        cid = client.post("/order", {"article": "tea", "password": "very-secret"}).headers["x-zato-cid"]
        client.get("/order?article=milk")
        client.post("/order", {"fail": 1})
        assert rows(client, object_id=number, cid=cid) == [
            ("sent", '{"ordered":"tea","token":"******"}'), ("received", '{"article":"tea","password":"******"}'),
        ]  # fmt: skip
        assert rows(client, query="MILK received") == []
        assert rows(client, query="milk", direction="received") == [("received", '{"article":"milk"}')]
        assert rows(client, direction="sent")[0] == ("sent", "ValueError: not this one")
        client.result("zato.http-soap.edit", {"id": number, "is_audit_log_received_active": False})
        client.get("/order?article=water")
        assert [row[0] for row in rows(client, query="water")] == ["sent"]


def test_what_an_outgoing_connection_sends_and_receives_is_kept(tmp_path: Path) -> None:
    """Here its server cannot be reached: what was to be sent is kept all the same."""
    code = (
        SERVICES
        + """
class Call(Service):
    name = 'call'
    def handle(self):
        self.out.rest['shop'].conn.post(self.cid, {'article': 'tea'})
"""
    )
    with served(tmp_path, s=code) as client:
        given = {
            "name": "shop",
            "connection": "outgoing",
            "transport": "plain_http",
            "host": "http://127.0.0.1:1",
            **ON,
        }
        number = client.result("zato.http-soap.create", {**given, "url_path": "/x"})["id"]
        answer = client.call("call")
        assert answer.status == 503
        (row,) = client.result(LIST, {"object_id": number})
        assert (row["direction"], json.loads(row["data"])) == ("sent", {"article": "tea"})
        assert (row["about"], row["cid"]) == ("POST http://127.0.0.1:1/x", answer.json()["zato_env"]["cid"])


def test_what_is_published_to_a_topic_is_kept(tmp_path: Path) -> None:
    """With who has published it, and the message's ID."""
    with served(tmp_path) as client:
        given = {"name": "/orders", "is_audit_log_received_active": True, "max_len_messages_received": 2}
        number = client.result("zato.pubsub.topic.create", given)["id"]
        for article in ("tea", "milk", "water"):
            given = {"topic_name": "/orders", "data": {"article": article}}
            found = client.result("zato.pubsub.pubapi.publish-message", given)
        assert rows(client, object_id=number) == [
            ("received", '{"article":"water"}'), ("received", '{"article":"milk"}'),
        ]  # fmt: skip
        assert client.result(LIST, {"query": "water"})[0]["cid"] == found["msg_id"]


def test_what_a_web_socket_channel_receives_and_sends_is_kept(tmp_path: Path) -> None:
    """Of each invocation, with the ID that its answer has."""

    async def invoked(here: Listening) -> tuple[list[tuple[str, str]], bool]:
        given = {"name": "ws", "url_path": "/ws", "service": "test.echo", **ON}
        await here.call("zato.channel.web-socket.create", given)
        guest = await here.connect("/ws")
        await guest.sign_in()
        answer = await guest.invoke({"article": "tea"})
        found = await here.call(LIST, {"query": "tea"})
        return [(row["direction"], row["data"]) for row in found], answer["meta"]["status"] == 200

    found, is_good = run(tmp_path, invoked)
    assert is_good
    assert [row[0] for row in found] == ["sent", "received"]
    assert found[1] == ("received", '{"article":"tea"}')


def test_what_goes_from_one_socket_to_another_is_kept_of_both(tmp_path: Path) -> None:
    """What was sent has the cid of who has sent it, and where it went; what was received that of the call."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=partners.SERVICES) as client:
        given = {"name": "in", "address": address, "socket_method": "bind", "service": "keep", **ON}
        channel = client.result("zato.channel.zmq.create", given)["id"]
        given = {"name": "out", "address": address, **ON}
        outgoing = client.result("zato.outgoing.zmq.create", given)["id"]
        client.result("send-async", {"data": {"article": "tea", "token": "very-secret"}, "topic": "t"})
        kept(client)
        (sent,) = client.result(LIST, {"object_id": outgoing})
        (received,) = client.result(LIST, {"object_id": channel})
    assert (sent["direction"], sent["about"], sent["object_type"]) == ("sent", f"{address} t", "outgoing.zmq")
    assert (received["direction"], received["about"]) == ("received", "keep")
    assert sent["data"] == received["data"] == '{"article":"tea","token":"******"}'
    assert sent["cid"] and sent["cid"] != received["cid"]


def test_what_a_file_was_is_kept(tmp_path: Path) -> None:
    """For each service that it calls."""
    (tmp_path / "in").mkdir()
    with served(tmp_path, s=files.SERVICES) as client:
        number = files.created(client, service_list="keep\nzato.ping", **ON)
        (tmp_path / "in" / "orders.csv").write_text("tea,1")
        until(client, lambda: len(client.result(LIST, {"object_id": number})) == 2)
        found = client.result(LIST, {"object_id": number, "query": "tea,1 orders.csv"})
    assert [(row["direction"], row["about"]) for row in found] == [("received", "zato.ping"), ("received", "keep")]
