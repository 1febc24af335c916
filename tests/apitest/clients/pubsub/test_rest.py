"""Publish/subscribe over REST."""

import pytest

from apitest.clients.pubsub import rest
from apitest.clients.pubsub.rest import RESTClient
from apitest.errors import BadValue, CheckFailed
from apitest.redaction import redact
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play


@pytest.fixture
def shop(play: Play, pubsub: PubSubServer) -> RESTClient:
    """A client with credentials that may everything."""
    play(f'address "{pubsub.address}"', 'Basic Auth "maria" "s3cret-w0rd"')
    return RESTClient(play.zato, "shop")


def test_all_calls(play: Play, pubsub: PubSubServer, shop: RESTClient) -> None:
    """Each call is the one that the wire protocol names, with the topic's name in the path as it is."""
    assert shop.subscribe(play.zato, "/orders/new", {}).field("queue_depth") == 0
    assert shop.subscribe(play.zato, "/orders/new", {}).answer.json() == {}
    assert str(shop.publish(play.zato, "/orders/new", {"data": "ä", "priority": 9}).field("msg_id")).startswith("zpsm")
    assert shop.collect(play.zato, "/orders/new").is_success
    assert shop.unsubscribe(play.zato, "/orders/new").answer.json() == {}
    assert shop.collect(play.zato, "/orders/new").is_not_subscribed
    assert pubsub.asked == [
        "POST /zato/pubsub/subscribe/topic//orders/new",
        "POST /zato/pubsub/subscribe/topic//orders/new",
        "POST /zato/pubsub/topic//orders/new",
        "PATCH /zato/pubsub/topic//orders/new",
        "DELETE /zato/pubsub/subscribe/topic//orders/new",
        "PATCH /zato/pubsub/topic//orders/new",
    ]
    assert [each.data_text for each in shop.inbox.messages] == ["ä"]


def test_names_of_topics(play: Play, pubsub: PubSubServer, shop: RESTClient) -> None:
    """What a URL has another meaning for is encoded."""
    assert shop.publish(play.zato, "/odd name?a#b%20ä", {"data": "x"}).is_success
    assert pubsub.published == [{"topic_name": "/odd name?a#b%20ä", "data": "x"}]


def test_who_asks(play: Play, pubsub: PubSubServer, shop: RESTClient) -> None:
    """A client keeps the address and the sign-in of the moment when it was made, and the answer is 403 to others."""
    play('address "http://127.0.0.1:9"', 'Basic Auth "outsider" "an0ther-w0rd"')
    assert shop.publish(play.zato, "/orders", {"data": "x"}).is_success
    play(f'address "{pubsub.address}"')
    assert RESTClient(play.zato, "other").publish(play.zato, "/orders", {"data": "x"}).status == 403
    assert (
        shop.publish(play.zato, "/payments", {"data": "x"}).told() == "403 You are not allowed to access this resource"
    )


def test_no_address(play: Play) -> None:
    """A client of no address is refused when it is made."""
    with pytest.raises(BadValue, match="no address"):
        RESTClient(play.zato, "shop")


def test_acknowledgements(play: Play, shop: RESTClient) -> None:
    """There are none over REST, which is told."""
    with pytest.raises(BadValue, match="as soon as they were pulled"):
        shop.acknowledge(play.zato, False)


@pytest.mark.parametrize("body", ["{}", '"x"', "[5]", "no JSON", '[{"no": "data"}]'])
def test_odd_answers(play: Play, pubsub: PubSubServer, shop: RESTClient, body: str) -> None:
    """An answer without messages is a failure, not an empty list."""
    pubsub.answer = (200, body)
    with pytest.raises(CheckFailed):
        shop.collect(play.zato, "/orders")


def test_failures_without_words(play: Play, pubsub: PubSubServer, shop: RESTClient) -> None:
    """What a server says in no known form is told by its status."""
    pubsub.answer = (502, "<html>Bad gateway</html>")
    assert shop.publish(play.zato, "/orders", {"data": "x"}).told() == "502 Bad Gateway"


def test_secrets(play: Play, shop: RESTClient) -> None:
    """What messages hold under the names of secrets is shown nowhere."""
    shop.subscribe(play.zato, "/orders", {})
    shop.publish(play.zato, "/orders", {"data": {"password": "hush-hush-1"}})
    shop.collect(play.zato, "/orders")
    assert "hush-hush-1" not in redact("the message: hush-hush-1", play.run.secrets)


def test_pauses(play: Play, shop: RESTClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between pulls grow to half a second at most, and are never longer than the time that is left."""
    slept: list[float] = []
    monkeypatch.setattr(rest, "sleep", slept.append)
    for turn in range(20):
        shop.wait(play.zato, 10.0, turn)
    assert slept == sorted(slept) and 0 < slept[0] < slept[-1] <= 0.5
    for left in (0.01, 0.0):
        shop.wait(play.zato, left, 19)
        assert slept[-1] == left
