"""All messages that a client got on a topic, as a subject of checks."""

import pytest

from apitest.errors import CheckFailed
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
