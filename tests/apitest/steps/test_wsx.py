"""Sentences about Zato's WebSocket channels."""

from collections.abc import Iterator

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.wsx_server import WSXServer


@pytest.fixture
def channel() -> Iterator[WSXServer]:
    """A channel of the test's own."""
    server = WSXServer()
    yield server
    server.close()


@pytest.fixture
def scenario(play: Play, channel: WSXServer) -> Play:
    """A scenario that has not connected yet."""
    play(f'address "{channel.address}"', 'URL path "/open"')
    return play


def test_without_credentials(scenario: Play, channel: WSXServer) -> None:
    """A channel that asks for none is connected to without, even where the scenario has some."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', "I connect to a Zato WSX channel without credentials")
    scenario("Then WSX client is authenticated")
    assert channel.received[0]["meta"]["username"] == ""


def test_who_the_client_is(scenario: Play, channel: WSXServer) -> None:
    """The server learns the ID and the name."""
    scenario('WSX client ID is "till-7" and its name is "Till 7"', "I connect to a Zato WSX channel")
    assert channel.received[0]["meta"]["client_id"] == "till-7"
    assert channel.received[0]["meta"]["client_name"] == "Till 7"


def test_authenticated(scenario: Play) -> None:
    """A client is authenticated while it has a session and a connection."""
    with pytest.raises(BadValue, match="has not connected"):
        scenario("WSX client is authenticated")
    scenario('URL path "/secured"', "I connect to a Zato WSX channel without credentials")
    with pytest.raises(CheckFailed, match="not authenticated: 403"):
        scenario("WSX client is authenticated")
    scenario('URL path "/open"', "I connect to a Zato WSX channel", "WSX client is authenticated")
    scenario("I close WSX connection")
    with pytest.raises(CheckFailed, match="closed by this test"):
        scenario("WSX client is authenticated")


def test_disconnected(scenario: Play) -> None:
    """A client is disconnected when either end has closed; the check waits for it."""
    scenario("I connect to a Zato WSX channel", 'timeout is "0.05"')
    with pytest.raises(CheckFailed, match=r"still connected after 0\.05 seconds"):
        scenario("WSX client is disconnected")
    scenario("I close WSX connection", "WSX client is disconnected")
    scenario('timeout is "10"', 'URL path "/secured"', "I connect to a Zato WSX channel")
    scenario("WSX client is disconnected", 'the side that closed WebSocket "WSX" is "server"')


def test_answers(scenario: Play, channel: WSXServer) -> None:
    """Requests of the server are answered with the doc string's JSON, and are messages as well."""
    scenario("I use Zato WSX", "I connect to a Zato WSX channel")
    scenario.step("WSX client answers requests with", '{"status": "ready"}')
    scenario('request is "{"ask": "are you ready"}"', "When the URL is invoked", "When the URL is invoked")
    answer = next(each for each in channel.received if each["meta"]["action"] == "client-response")
    assert answer["data"] == {"response": {"status": "ready"}}
    scenario('I receive a message from WebSocket "WSX" whose path "/meta/msg_type" is "zwsx.rqc"')
    scenario('the message\'s path "/data" is "are you ready"')
    with pytest.raises(BadValue, match="not valid JSON"):
        scenario.step("WSX client answers requests with", "{")
