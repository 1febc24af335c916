"""The WSX client of a scenario."""

import pytest

from apitest.clients.wsx import client
from apitest.errors import BadValue, CheckFailed, Unreachable
from tests.apitest.steps.playing import Play
from tests.apitest.wsx_server import TOKEN, WSXServer


@pytest.fixture
def scenario(play: Play, channel: WSXServer) -> Play:
    """A scenario that sends its requests over WSX, and has not connected yet."""
    play("Given I use Zato WSX", f'address "{channel.address}"', 'URL path "/secured"')
    return play


def test_invoking(scenario: Play, channel: WSXServer) -> None:
    """A request is the input of the channel's service, and its answer is the response, as after HTTP."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', 'request is "{"a": "ä"}"', "When the URL is invoked")
    scenario('status is "200"', 'path "/a" is "ä"', 'response is equal to "{"a": "ä"}"')
    answer = scenario.zato.response
    assert isinstance(answer, client.WSXAnswer) and answer.described() == "the response, 200"
    assert isinstance(answer.data, dict) and answer.data["meta"]["msg_type"] == "zwsx.rspok"
    assert channel.received[1]["data"] == {"a": "ä"}


def test_requests_without_data(scenario: Play, channel: WSXServer) -> None:
    """Without a request, an empty object is sent; a second request goes over the same connection."""
    scenario('Zato WebSockets credentials "maria" "s3cret-w0rd"', "When the URL is invoked", "When the URL is invoked")
    assert [each["meta"]["action"] for each in channel.received] == ["create-session"] + 2 * ["invoke-service"]
    assert channel.received[1]["data"] == {}


def test_who_the_request_is_of(scenario: Play, channel: WSXServer) -> None:
    """Other credentials are those of the next request: what another user may not send is not sent as the one before."""
    scenario('Zato WebSockets credentials "maria" "s3cret-w0rd"', "When the URL is invoked")
    scenario('Zato WebSockets credentials "maria" "wr0ng-secret"')
    with pytest.raises(CheckFailed, match="not authenticated: 403 You are not authorized"):
        scenario("When the URL is invoked")
    scenario('Zato WebSockets credentials "maria" "s3cret-w0rd"', "When the URL is invoked", 'status is "200"')
    actions = [each["meta"]["action"] for each in channel.received]
    assert actions == ["create-session", "invoke-service", "create-session", "create-session", "invoke-service"]


def test_where_the_request_goes(scenario: Play, channel: WSXServer) -> None:
    """To the channel that the scenario names by then, or the same one; one that a step has connected to is kept."""
    scenario('URL path "/open"', "When the URL is invoked", 'request is "[1]"', "When the URL is invoked")
    actions = [each["meta"]["action"] for each in channel.received]
    assert actions == ["create-session", "invoke-service", "invoke-service"]
    scenario('URL path "/secured"')
    with pytest.raises(CheckFailed, match="not authenticated"):
        scenario("When the URL is invoked")
    scenario('URL path "/open"', "I connect to a Zato WSX channel", 'URL path "/secured"')
    scenario("When the URL is invoked", 'status is "200"')


def test_a_service_of_the_gateway(scenario: Play, channel: WSXServer) -> None:
    """A service that is named is what the channel's gateway is asked for."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', 'Zato WebSockets service "my.service"', 'request is "[1]"')
    scenario("When the URL is invoked")
    assert channel.received[1]["data"] == {"service": "my.service", "request": [1]}


def test_failures(scenario: Play) -> None:
    """A failure has a status, and its message is told where the status is not the expected one."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', 'request is "{"fail": 404}"', "When the URL is invoked")
    scenario('status is "404"', 'path "/cid" is "abc"', 'the message\'s path "/meta/error_message" is "No such"')
    with pytest.raises(CheckFailed) as caught:
        scenario('status is "200"')
    assert caught.value.actual == "404 No such"


def test_texts(scenario: Play) -> None:
    """A response that is expected to be text is text; one in JSON is JSON."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', 'format "RAW"', 'request is "hello"')
    scenario("When the URL is invoked", 'response text is "hello"')
    scenario('format "JSON"', 'request is "[]"', "When the URL is invoked", 'response text is "[]"')


def test_a_refusal(scenario: Play, channel: WSXServer) -> None:
    """A request needs a session; who signs in is told the way, and the secret is shown nowhere."""
    scenario('Zato WebSockets credentials "maria" "wr0ng-secret"')
    with pytest.raises(CheckFailed, match="not authenticated: 403 You are not authorized"):
        scenario("When the URL is invoked")
    exchange = scenario.zato.last_exchange()
    assert exchange and len(exchange.frames) >= 2
    scenario.run.emit(exchange)
    assert "wr0ng-secret" not in str(scenario.events) and "create-session" in str(scenario.events)


def test_secrets(scenario: Play) -> None:
    """The secret and the token are masked, wherever they stand."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', "I connect to a Zato WSX channel")
    assert {"s3cret-w0rd", TOKEN} <= scenario.run.secrets


def test_credentials_do_not_travel_twice(scenario: Play, channel: WSXServer) -> None:
    """The handshake has no Authorization header: the session has the credentials."""
    scenario('Basic Auth "maria" "s3cret-w0rd"', 'header "X-A" "1"', "I connect to a Zato WSX channel")
    connection = client.find(scenario.zato).connection
    names = [name for name, _ in connection.handshake.sent]
    assert "X-A" in names and "Authorization" not in names


def test_the_request_outlives_connecting(scenario: Play, channel: WSXServer) -> None:
    """What was described before connecting is sent afterwards."""
    scenario('URL path "open"', 'request is "{"a": 1}"', "I connect to a Zato WSX channel without credentials")
    scenario("When the URL is invoked", 'path "/a" is an integer "1"')
    assert (channel.received[0]["meta"]["username"], channel.received[0]["meta"]["secret"]) == ("", "")


def test_a_whole_url(play: Play, channel: WSXServer) -> None:
    """A whole URL counts for more than address and path."""
    play(f'URL "{channel.address.replace("http:", "ws:")}/open"', "I connect to a Zato WSX channel")
    assert client.find(play.zato).token == TOKEN


def test_mistakes(play: Play) -> None:
    """Without an address there is nowhere to connect to, and without a connection nothing to use."""
    with pytest.raises(BadValue, match="not the URL of a WebSocket"):
        play('URL path "/a"', "I connect to a Zato WSX channel")
    with pytest.raises(BadValue, match="has not connected to a Zato WSX channel"):
        client.find(play.zato)
    with pytest.raises(Unreachable):
        play('address "ws://127.0.0.1:1"', "I connect to a Zato WSX channel")


def test_the_next_scenario_uses_http(scenario: Play) -> None:
    """What a scenario uses ends with it."""
    scenario('URL path "/open"', "I connect to a Zato WSX channel")
    scenario.zato.finish_scenario()
    scenario.zato.start_scenario()
    assert scenario.zato.transport is None
    with pytest.raises(BadValue):
        client.find(scenario.zato)


def test_old_projects(play: Play, channel: WSXServer) -> None:
    """Where requests carry over, a connection lasts from scenario to scenario, until the feature ends or closes it."""
    play.run.project = play.run.project._replace(carries_over=True)
    play(f'address "{channel.address}"', 'URL path "/open"', "I use Zato WSX")
    play("I connect to a Zato WSX channel without credentials")
    for number in range(2):
        play.zato.finish_scenario()
        play.zato.start_scenario()
        play(f'request is "{{"a": {number}}}"', "When the URL is invoked", f'path "/a" is an integer "{number}"')
        play("WSX client is authenticated")
    play("I close WSX connection", "WSX client is disconnected")
    assert [each["meta"]["action"] for each in channel.received] == ["create-session"] + 2 * ["invoke-service"]
    play("context is cleaned up")
    assert play.zato.transport is None
