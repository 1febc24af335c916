import json
from pathlib import Path

from tests.server.asgi import Client, served
from tests.server.wsx.serving import Listening, run

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
