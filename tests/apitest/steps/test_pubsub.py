"""Sentences about publish/subscribe: who connects, publishes and subscribes."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play


@pytest.fixture(params=["REST", "WSX"])
def shop(request: pytest.FixtureRequest, play: Play, pubsub: PubSubServer) -> Play:
    """A scenario with the client "shop"."""
    play('Basic Auth "maria" "s3cret-w0rd"', 'URL path "/gateway"')
    play(f'address "{pubsub.address if request.param == "REST" else pubsub.wsx_address}"')
    play(f'Given I connect to publish/subscribe over {request.param} as "shop"')
    return play


@pytest.mark.parametrize(
    ("said", "data"),
    [
        ('"Hello"', "Hello"),
        ('JSON "{"a": [1]}"', {"a": [1]}),
        ('an integer "17"', 17),
        ('a list "a,b"', ["a", "b"]),
        ("True", True),
        ('"#stored"', {"b": 2.5}),
    ],
)
def test_every_value_can_be_published(shop: Play, pubsub: PubSubServer, said: str, data: object) -> None:
    """What can be put into a request can be published, with its type."""
    shop.zato.user_ctx["stored"] = {"b": 2.5}
    shop(f'When "shop" publishes {said} on topic "/orders"')
    assert pubsub.published == [{"topic_name": "/orders", "data": data}]


def test_what_stands_below_the_step(shop: Play, pubsub: PubSubServer) -> None:
    """A doc string is published as text or as JSON, with values put in."""
    shop.zato.user_ctx["name"] = "Maria"
    shop.step('When "shop" publishes text on topic "/orders"', "Dear #{name}")
    shop.step('When "shop" publishes JSON on topic "/orders"', '{"name": "#{name}"}')
    assert [each["data"] for each in pubsub.published] == ["Dear Maria", {"name": "Maria"}]


def test_properties(shop: Play, pubsub: PubSubServer) -> None:
    """Properties stand in a table; numbers and flags are sent as such, and other words of theirs as they are."""
    table = [["priority", "9"], ["has_gd", "True"], ["expiration", "soon"], ["correl_id", "17"]]
    shop.step('When "shop" publishes "a" on topic "/orders" with', table=table)
    assert pubsub.published[0] == {
        "topic_name": "/orders",
        "data": "a",
        "priority": 9,
        "has_gd": True,
        "expiration": "soon",
        "correl_id": "17",
    }
    with pytest.raises(BadValue, match="has_gd must be True or False"):
        shop.step('When "shop" publishes "a" on topic "/orders" with', table=[["name", "value"], ["has_gd", "perhaps"]])
    with pytest.raises(BadValue, match="needs a table"):
        shop('When "shop" publishes "a" on topic "/orders" with')


def test_properties_that_are_misspelt(shop: Play, pubsub: PubSubServer) -> None:
    """The server would take them without a word; names that are like none of ours are sent, since servers differ."""
    for name, meant in (
        ("priorty", "priority"),
        ("Priority", "priority"),
        ("has-gd", "has_gd"),
        ("mimetype", "mime_type"),
    ):
        with pytest.raises(BadValue, match=f"no property {name}") as caught:
            shop.step('When "shop" publishes "a" on topic "/orders" with', table=[["name", "value"], [name, "1"]])
        assert caught.value.fix == f"Did you mean {meant}?"
    shop.step('When "shop" publishes "a" on topic "/orders" with', table=[["tenant", "1"], ["expires", "2"]])
    assert pubsub.published == [{"topic_name": "/orders", "data": "a", "tenant": "1", "expires": "2"}]


def test_subscriptions(shop: Play, pubsub: PubSubServer) -> None:
    """A client is subscribed until it unsubscribes; the response is the server's."""
    shop('"shop" subscribes to topic "/orders"', 'path "/queue_depth" is an integer "0"')
    assert len(pubsub.queues) == 1
    shop.step('"shop" subscribes to topic "/other" with', table=[["wrap_one_msg_in_list", "True"]])
    shop('"shop" unsubscribes from topic "/orders"', '"shop" unsubscribes from topic "/other"')
    assert pubsub.queues == {}


def test_refusals(shop: Play) -> None:
    """What the server forbids fails the step, unless that is what is checked."""
    for line in ('"shop" publishes "a" on topic "/payments"', '"shop" subscribes to topic "/payments"'):
        with pytest.raises(CheckFailed, match=r'topic "/payments": 403') as caught:
            shop(line)
        assert "=/payments" in caught.value.fix
    shop('"shop" may not publish on topic "/payments"', '"shop" may not subscribe to topic "/payments"')
    shop('status is "403"')
    for line in ('"shop" may not publish on topic "/orders"', '"shop" may not subscribe to topic "/orders"'):
        with pytest.raises(CheckFailed, match="must be forbidden"):
            shop(line)
    for line in (
        '"shop" may not publish on topic "x"',
        '"shop" publishes "a" on topic "x"',
        '"shop" subscribes to topic ""',
    ):
        with pytest.raises(BadValue, match="starts with a slash"):
            shop(line)


@pytest.mark.parametrize("shop", ["REST"], indirect=True)
def test_other_failures_are_no_refusal(shop: Play, pubsub: PubSubServer) -> None:
    """That a server is out of order is not that it forbids."""
    pubsub.answer = (500, "{}")
    for line in ('"shop" may not publish on topic "/orders"', '"shop" may not subscribe to topic "/orders"'):
        with pytest.raises(CheckFailed, match="for another reason") as caught:
            shop(line)
        assert caught.value.actual.startswith("500")
    with pytest.raises(CheckFailed, match='cannot unsubscribe from topic "/orders": 500'):
        shop('"shop" unsubscribes from topic "/orders"')


@pytest.mark.parametrize("shop", ["WSX"], indirect=True)
def test_acknowledgements(shop: Play, pubsub: PubSubServer) -> None:
    """A client that does not acknowledge is delivered the message again; when it does, it is not any longer."""
    shop('"shop" doesn\'t acknowledge messages', '"shop" subscribes to topic "/orders"')
    shop('"shop" publishes "a" on topic "/orders"', '"shop" receives a message on topic "/orders"')
    queue = next(iter(pubsub.queues.values()))
    pubsub.push(queue, queue.messages)
    again = 'the message\'s property "delivery_count" is an integer "2"'
    shop(f'within "10" seconds "shop" receives a message on topic "/orders" where {again}')
    shop('"shop" acknowledges messages', '"shop" publishes "b" on topic "/other"')
    assert queue.messages == []


@pytest.mark.parametrize("shop", ["REST"], indirect=True)
def test_acknowledgements_over_rest(shop: Play) -> None:
    """Over REST there are none."""
    with pytest.raises(BadValue, match="as soon as they were pulled"):
        shop('"shop" does not acknowledge messages')
