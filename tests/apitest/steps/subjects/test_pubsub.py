"""All messages that a client got on a topic, as a subject of checks."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play


def test_messages_and_their_number(play: Play, pubsub: PubSubServer) -> None:
    """Messages of one topic are in the list, whether a step received them or not, with what came with them."""
    play(f'address "{pubsub.address}"', 'Basic Auth "maria" "s3cret-w0rd"')
    play('I connect to publish/subscribe over REST as "shop"', '"shop" subscribes to topic "/orders"')
    play('the number of messages that "shop" got on topic "/orders" is "0"', '"shop" subscribes to topic "/other"')
    play('"shop" publishes JSON "{"n": 1}" on topic "/orders"', '"shop" publishes "x" on topic "/other"')
    play('"shop" receives a message on topic "/orders"', '"shop" publishes "{\\"n\\": 2}" on topic "/orders"')
    play('the number of messages that "shop" got on topic "/orders" is "2"')
    play('JSONPath "$[*].data.n" of the messages that "shop" got on topic "/orders" is JSON "[1, 2]"')
    play('JSONPath "$[0].priority" of the messages that "shop" got on topic "/orders" is an integer "5"')
    play('JSONPath "$[*].data" of the messages that "shop" got on topic "/other" is JSON "["x"]"')
    with pytest.raises(CheckFailed) as caught:
        play('the number of messages that "shop" got on topic "/orders" is "3"')
    assert caught.value.where == 'the number of messages that "shop" got on topic /orders'
    with pytest.raises(CheckFailed, match="finds nothing"):
        play('JSONPath "$[2].data" of the messages that "shop" got on topic "/orders" exists')
    with pytest.raises(CheckFailed, match="even after 0 seconds"):
        play('within "0" seconds the number of messages that "shop" got on topic "/orders" is "3"')


@pytest.fixture
def admin(play: Play, pubsub: PubSubServer) -> Play:
    """A scenario with the client "shop", which is subscribed to /orders, and an administrator's connection "esb"."""
    play(f'address "{pubsub.address}"', 'Basic Auth "maria" "s3cret-w0rd"')
    play('I store "1" "/zato/json" "admin" "an-admins-word" under Zato "esb"')
    play('I connect to publish/subscribe over REST as "shop"', '"shop" subscribes to topic "/orders"')
    return play


def test_what_the_server_says(admin: Play) -> None:
    """Who is subscribed and how much waits is what the admin API says; the response stays as it is."""
    admin('the depth of topic "/orders" is "0", using Zato "esb"', '"shop" publishes "a" on topic "/orders"')
    admin('within "5" seconds the depth of topic "/orders" is "1", using Zato "esb"')
    admin('the queue depth of endpoint "rest" on topic "/orders" is at least "1", using Zato "#esb"')
    admin('the number of subscribers of topic "/orders" is "1", using Zato "esb"')
    admin('JSONPath "$[*].endpoint_name" of the subscribers of topic "/orders" is JSON "["rest"]", using Zato "esb"')
    admin('path "/msg_id" starts with "zpsm"', '"shop" receives a message on topic "/orders"')
    admin('the queue depth of endpoint "rest" on topic "/orders" is "0", using Zato "esb"')
    admin('the queue depth of endpoint "rest" on topic "/other" does not exist, using Zato "esb"')
    with pytest.raises(CheckFailed) as caught:
        admin('the queue depth of endpoint "rest" on topic "/orders" is "5", using Zato "esb"')
    assert caught.value.where == "the queue depth of endpoint rest on topic /orders"


def test_what_the_server_does_not_say(admin: Play, pubsub: PubSubServer) -> None:
    """An endpoint that is not subscribed has no queue; a topic that is not there and an odd answer are failures."""
    with pytest.raises(CheckFailed, match="is not subscribed to topic") as caught:
        admin('the queue depth of endpoint "rst" on topic "/orders" is "0", using Zato "esb"')
    assert caught.value.fix == "Did you mean rest?"
    with pytest.raises(CheckFailed, match="is not subscribed to topic") as caught:
        admin('the queue depth of endpoint "rest" on topic "/other" is "0", using Zato "esb"')
    assert caught.value.fix == "Subscribed are: no endpoints"
    with pytest.raises(CheckFailed, match=r"did not answer zato\.pubsub\.topic\.get") as caught:
        admin('the depth of topic "/payments" is "0", using Zato "esb"')
    assert "There is no topic" in caught.value.actual
    with pytest.raises(BadValue, match="starts with a slash"):
        admin('the depth of topic "payments" is "0", using Zato "esb"')
    with pytest.raises(BadValue, match='no Zato connection "ebs"'):
        admin('the depth of topic "/orders" is "0", using Zato "ebs"')
    pubsub.answer = (200, '{"zato_env": {"result": "ZATO_OK"}}')
    for line in (
        'the depth of topic "/orders" is "0", using Zato "esb"',
        'the number of subscribers of topic "/orders" is "0", using Zato "esb"',
    ):
        with pytest.raises(CheckFailed, match="did not"):
            admin(line)
