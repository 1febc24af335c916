"""Publish/subscribe over a WSX channel."""

import pytest

from apitest.clients.pubsub import client
from apitest.clients.pubsub.wsx import WSXClient
from apitest.errors import ApitestError, CheckFailed
from apitest.redaction import redact
from tests.apitest.processes import wait_until
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play


@pytest.fixture
def till(play: Play, pubsub: PubSubServer) -> WSXClient:
    """A client that is connected to the gateway."""
    play(f'address "{pubsub.wsx_address}"', 'URL path "/gateway"', 'Basic Auth "maria" "s3cret-w0rd"')
    client.connect_wsx(play.zato, "till")
    found = client.find(play.zato, "till")
    assert isinstance(found, WSXClient)
    return found


def take_in(play: Play, till: WSXClient, number: int) -> list[str]:
    while len(till.inbox.messages) < number:
        till.wait(play.zato, 10, 0)
        till.collect(play.zato, "/orders")
    return [each.data_text for each in till.inbox.messages]


def test_all_calls(play: Play, pubsub: PubSubServer, till: WSXClient) -> None:
    """Each call is a service that the gateway invokes."""
    subscribed = till.subscribe(play.zato, "/orders", {"wrap_one_msg_in_list": True})
    assert str(subscribed.field("sub_key")).startswith("zpsk.websockets.")
    assert str(till.publish(play.zato, "/orders", {"data": "ä"}).field("msg_id")).startswith("zpsm")
    assert till.unsubscribe(play.zato, "/orders").is_success
    asked = [each["data"] for each in pubsub.received if each["meta"]["action"] == "invoke-service"]
    assert asked == [
        {
            "service": "zato.pubsub.pubapi.subscribe-wsx",
            "request": {"topic_name": "/orders", "wrap_one_msg_in_list": True},
        },
        {"service": "zato.pubsub.pubapi.publish-message", "request": {"topic_name": "/orders", "data": "ä"}},
        {"service": "zato.pubsub.pubapi.unsubscribe", "request": {"topic_name": "/orders"}},
    ]


@pytest.mark.parametrize("wrapped", [False, True])
def test_both_forms_of_deliveries(play: Play, pubsub: PubSubServer, till: WSXClient, wrapped: bool) -> None:
    """A delivery is an object or a list, and holds one message or several: all are taken in, and acknowledged."""
    till.subscribe(play.zato, "/orders", {"wrap_one_msg_in_list": wrapped})
    for number in (1, 2):
        till.publish(play.zato, "/orders", {"data": {"n": number}})
    assert take_in(play, till, 2) == ['{"n":1}', '{"n":2}']
    queue = next(iter(pubsub.queues.values()))
    pubsub.push(queue, [{"data": "c", "delivery_count": 0}, {"data": "d", "delivery_count": 4}], as_one=True)
    assert take_in(play, till, 4)[2:] == ["c", "d"]
    assert [each.properties["delivery_count"] for each in till.inbox.messages] == [1, 1, 1, 5]
    wait_until(lambda: len(pubsub.acknowledged) == 3)


def test_withheld_acknowledgements(play: Play, pubsub: PubSubServer, till: WSXClient) -> None:
    """What is withheld is not acknowledged until it is asked for; then all that was withheld is."""
    till.acknowledge(play.zato, False)
    till.subscribe(play.zato, "/orders", {})
    till.publish(play.zato, "/orders", {"data": "a"})
    take_in(play, till, 1)
    till.publish(play.zato, "/other", {"data": "x"})
    assert pubsub.acknowledged == []
    queue = next(iter(pubsub.queues.values()))
    pubsub.push(queue, queue.messages)
    take_in(play, till, 2)
    assert [each.properties["delivery_count"] for each in till.inbox.messages] == [1, 2]
    till.acknowledge(play.zato, True)
    till.publish(play.zato, "/other", {"data": "x"})
    assert len(pubsub.acknowledged) == 2 and queue.messages == []


def test_a_refusal(play: Play, till: WSXClient) -> None:
    """What the server refuses has its status and its words."""
    reply = till.publish(play.zato, "/payments", {"data": "x"})
    assert reply.told() == "403 You are not allowed to access this resource"
    assert "zato.pubsub.pubapi.publish-message" in reply.where


def test_who_listens(play: Play, till: WSXClient) -> None:
    """A client listens that was subscribed in this scenario, or that got a message since it was so before."""
    with pytest.raises(CheckFailed, match="is not subscribed") as caught:
        till.check_listens("/orders")
    assert 'Given "till" subscribes to topic "/orders"' in caught.value.fix
    till.inbox.take_in({"data": "a", "topic_name": "/orders"}, "here")
    till.check_listens("/orders")
    till.topics["/other"] = True
    till.check_listens("/other")


def test_a_session_that_is_refused(play: Play, pubsub: PubSubServer) -> None:
    """Wrong credentials fail at once."""
    play(f'address "{pubsub.wsx_address}"', 'URL path "/gateway"', 'Basic Auth "maria" "wrong"')
    with pytest.raises(CheckFailed, match="not authenticated: 403"):
        client.connect_wsx(play.zato, "till")
    with pytest.raises(CheckFailed, match="not authenticated: 403"):
        client.publish(play.zato, "till", "/orders", "x", {})


def test_a_connection_that_ends(play: Play, till: WSXClient) -> None:
    """Nothing can come over a connection that was closed; what came before is there."""
    till.subscribe(play.zato, "/orders", {})
    till.publish(play.zato, "/orders", {"data": "a"})
    take_in(play, till, 1)
    play('I close WebSocket "till"')
    till.collect(play.zato, "/orders")
    with pytest.raises(ApitestError, match="is closed"):
        till.wait(play.zato, 10, 0)


def test_secrets(play: Play, till: WSXClient) -> None:
    """What messages hold under the names of secrets is shown nowhere."""
    till.subscribe(play.zato, "/orders", {})
    till.publish(play.zato, "/orders", {"data": {"password": "hush-hush-1"}})
    take_in(play, till, 1)
    assert "hush-hush-1" not in redact("the message: hush-hush-1", play.run.secrets)


def test_who_a_client_is(play: Play, pubsub: PubSubServer, till: WSXClient) -> None:
    """The server knows a client by its name, so that several are not one to it, or by what the scenario says."""
    client.connect_wsx(play.zato, "phone")
    play('WSX client ID is "till-7" and its name is "Till 7"')
    client.connect_wsx(play.zato, "third")
    asked = [each["meta"] for each in pubsub.received if each["meta"]["action"] == "create-session"]
    assert [(each["client_id"], each["client_name"]) for each in asked] == [
        ("till", "till"),
        ("phone", "phone"),
        ("till-7", "Till 7"),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        *("null", "5", '"text"', "[[1]]", '{"no": "data"}', "{", "[1"),
        f'{{"data": {"[" * 900}{"]" * 900}}}',
        f'{{"data": {"[" * 200_000}}}',
    ],
)
def test_odd_deliveries(play: Play, pubsub: PubSubServer, till: WSXClient, odd: str) -> None:
    """What is not a message fails the step that meets it; what comes after it is received."""
    till.subscribe(play.zato, "/orders", {})
    queue = next(iter(pubsub.queues.values()))
    assert queue.connection is not None
    queue.connection.send(f'{{"meta": {{"id": "1", "msg_type": "zwsx.psrq"}}, "data": {odd}}}')
    till.publish(play.zato, "/orders", {"data": "a"})
    with pytest.raises(CheckFailed):
        take_in(play, till, 1)
    assert take_in(play, till, 1) == ["a"]
