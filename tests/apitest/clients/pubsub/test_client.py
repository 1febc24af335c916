"""Clients of publish/subscribe by their names, and what they receive."""

import pytest

from apitest.clients.pubsub import client
from apitest.clients.pubsub.message import PubSubMessage
from apitest.clients.websocket import client as websockets
from apitest.errors import ApitestError, BadValue, CheckFailed
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play


@pytest.fixture
def scenario(play: Play, pubsub: PubSubServer) -> Play:
    """A scenario with credentials and an address over REST, and no client yet."""
    play('Basic Auth "maria" "s3cret-w0rd"', 'URL path "/gateway"', f'address "{pubsub.address}"')
    return play


def any_message(message: PubSubMessage) -> bool:
    return True


def test_names(scenario: Play) -> None:
    """Clients are found by their names, and live as long as their scenario."""
    with pytest.raises(BadValue, match='no client "shop"') as caught:
        client.find(scenario.zato, "shop")
    assert 'over REST as "shop"' in caught.value.fix
    client.connect_rest(scenario.zato, "shop")
    client.find(scenario.zato, "shop")
    with pytest.raises(BadValue) as caught:
        client.find(scenario.zato, "shp")
    assert caught.value.fix == "Did you mean shop?"
    with pytest.raises(BadValue) as caught:
        client.find(scenario.zato, "xyz")
    assert caught.value.fix == "There are: shop"
    scenario.zato.finish_scenario()
    with pytest.raises(BadValue, match='no client "shop"'):
        client.find(scenario.zato, "shop")


def test_any_wsx_connection(scenario: Play, pubsub: PubSubServer) -> None:
    """What is connected to a WSX channel in any way is a client, under the name of its WebSocket."""
    scenario(f'address "{pubsub.wsx_address}"', "I connect to a Zato WSX channel")
    client.subscribe(scenario.zato, "WSX", "/orders", {})
    client.publish(scenario.zato, "WSX", "/orders", "a", {})
    assert client.receive(scenario.zato, "WSX", "/orders", any_message, 10)
    assert websockets.latest(scenario.zato).data_text == "a"


def test_connected_again(scenario: Play, pubsub: PubSubServer) -> None:
    """What a client got before it is connected again under its name is not lost, and is received once."""
    scenario(f'address "{pubsub.wsx_address}"')
    client.connect_wsx(scenario.zato, "till")
    client.subscribe(scenario.zato, "till", "/orders", {})
    for data in ("a", "b"):
        client.publish(scenario.zato, "till", "/orders", data, {})
    assert client.receive(scenario.zato, "till", "/orders", any_message, 10)
    assert client.search(scenario.zato, "till", "/orders", any_message, 10)
    client.connect_wsx(scenario.zato, "till")
    assert client.receive(scenario.zato, "till", "/orders", any_message, 0)
    assert websockets.latest(scenario.zato).data_text == "b"
    assert client.search(scenario.zato, "till", "/orders", any_message, 0) is None


def test_the_answer_is_the_response(scenario: Play) -> None:
    """What the server answers to publishing and subscribing is the response of the scenario."""
    client.connect_rest(scenario.zato, "shop")
    client.subscribe(scenario.zato, "shop", "/orders", {})
    scenario('path "/sub_key" starts with "zpsk.rest."', 'status is "200"')
    client.publish(scenario.zato, "shop", "/orders", "a", {"priority": 9})
    scenario('path "/msg_id" starts with "zpsm"')
    assert client.receive(scenario.zato, "shop", "/orders", any_message, 0)
    scenario('path "/msg_id" starts with "zpsm"', 'the message\'s property "priority" is an integer "9"')


def test_an_answer_without_an_id(scenario: Play, pubsub: PubSubServer) -> None:
    """A success that names no message is none: nothing says that it was published."""
    client.connect_rest(scenario.zato, "shop")
    pubsub.answer = (200, '{"ok": true}')
    with pytest.raises(CheckFailed, match="which ID") as caught:
        client.publish(scenario.zato, "shop", "/orders", "a", {})
    assert caught.value.actual == '{"ok": true}'


def test_a_message_is_looked_at_once(scenario: Play) -> None:
    """While a step waits, it looks at each message once; none is received that is not meant."""
    client.connect_rest(scenario.zato, "shop")
    client.subscribe(scenario.zato, "shop", "/orders", {})
    for data in ("a", "b"):
        client.publish(scenario.zato, "shop", "/orders", data, {})
    looked_at: list[str] = []

    def none_meant(message: PubSubMessage) -> bool:
        looked_at.append(message.data_text)
        return False

    assert not client.receive(scenario.zato, "shop", "/orders", none_meant, 0.3)
    assert looked_at == ["a", "b"]
    assert client.left_over(scenario.zato, "shop") == '2 other messages: on /orders "a"; on /orders "b"'


def test_looking_at_a_message(scenario: Play) -> None:
    """While a message is looked at, it is the response and the message; afterwards these are what they were."""
    scenario.zato.response = before = scenario.zato.response
    message = PubSubMessage({"data": "x"})
    with client.looking_at(scenario.zato, message):
        assert scenario.zato.response is message and websockets.latest(scenario.zato) is message
    assert scenario.zato.response is before
    with pytest.raises(CheckFailed, match="no message yet"):
        websockets.latest(scenario.zato)


@pytest.mark.parametrize("name", ["", "/", "//", "orders", " ", "/ "])
def test_names_that_no_topic_has(name: str) -> None:
    """A name is refused that has no slash first, or nothing after it."""
    with pytest.raises(BadValue, match="starts with a slash"):
        client.checked(name)
    assert client.checked("/a") == "/a"


def test_nothing_comes_over_a_connection_that_is_gone(scenario: Play, pubsub: PubSubServer) -> None:
    """That no message comes over a connection that was closed is no proof, however short the time."""
    scenario(f'address "{pubsub.wsx_address}"')
    client.connect_wsx(scenario.zato, "till")
    client.subscribe(scenario.zato, "till", "/orders", {})
    scenario('I close WebSocket "till"')
    for seconds in (0.0, 10.0):
        with pytest.raises(ApitestError, match="is closed"):
            client.search(scenario.zato, "till", "/orders", any_message, seconds)
