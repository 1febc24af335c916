"""A session with a WSX channel: what is sent is what the protocol says."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from apitest.clients.websocket.connection import WebSocketConnection
from apitest.clients.websocket.handshake import shake
from apitest.clients.websocket.settings import target
from apitest.clients.wsx.session import WSXSession
from apitest.clients.wsx.settings import WSXSettings
from apitest.errors import CheckFailed, TimedOut
from tests.apitest.wsx_server import TOKEN, WSXServer


@pytest.fixture
def session(channel: WSXServer) -> Iterator[WSXSession]:
    """A client that is connected, and has no session yet."""
    stream, handshake = shake(target(f"{channel.address}/secured", ""), {}, (), None, 10)
    connection = WebSocketConnection("WSX", channel.address, stream, handshake, size=10**6, kept=10**6)
    yield WSXSession(connection, WSXSettings(client_id="till-7", client_name="Till 7"))
    connection.close()


def test_a_session(channel: WSXServer, session: WSXSession) -> None:
    """The client signs in, and has the server's token in what it sends afterwards."""
    session.create("maria", "s3cret-w0rd", 10)
    assert (session.token, session.refusal) == (TOKEN, "")
    message, said = session.invoke({"a": 1}, 10)
    assert (said.status, said.data, said.msg_type) == (200, {"a": 1}, "zwsx.rspok")
    assert message.taken
    created, invoked = channel.received
    for sent in channel.received:
        meta = sent["meta"]
        assert (meta["client_id"], meta["client_name"]) == ("till-7", "Till 7")
        assert datetime.fromisoformat(meta["timestamp"])
    assert created["meta"]["action"] == "create-session" and created["meta"]["token"] is None
    assert (created["meta"]["username"], created["meta"]["secret"], created["data"]) == ("maria", "s3cret-w0rd", {})
    assert invoked["meta"]["action"] == "invoke-service" and invoked["meta"]["token"] == TOKEN
    assert invoked["data"] == {"a": 1} and invoked["meta"]["id"] != created["meta"]["id"]


def test_a_refusal(session: WSXSession) -> None:
    """Being forbidden is known, and that the connection is closed."""
    session.create("maria", "wrong", 10)
    assert (session.token, session.refusal) == ("", "403 You are not authorized")
    assert session.connection.wait_for_end(10)
    assert session.connection.closing and session.connection.closing.code == 1008


def test_failures_and_silence(session: WSXSession) -> None:
    """A request that fails has its status; one that is not answered has its time; messages that are none are passed."""
    session.create("maria", "s3cret-w0rd", 10)
    said = session.invoke({"fail": 404}, 10)[1]
    assert (said.status, said.error_message, said.data) == (404, "No such", {"cid": "abc"})
    for odd in ("not JSON", "[]", "{}", '{"meta": {}}'):
        with pytest.raises(TimedOut, match=r"did not answer within 0\.05 s") as caught:
            session.invoke({"odd": odd}, 0.05)
        assert caught.value.fix == 'A longer limit is set with: Given timeout is "0.2"'
    assert session.invoke({"a": 1}, 10)[1].data == {"a": 1}


def test_requests_of_the_server(channel: WSXServer, session: WSXSession) -> None:
    """A request is answered as the test says, a delivery always, both with the session's token."""
    session.create("maria", "s3cret-w0rd", 10)
    session.answer = lambda: {"status": "ready"}
    session.invoke({"ask": "are you ready", "deliver": {"data": 1}}, 10)
    session.invoke({}, 10)
    asked, delivered = (each for each in channel.received if each["meta"]["action"] == "client-response")
    assert (asked["meta"]["in_reply_to"], asked["data"]) == ("request-1", {"response": {"status": "ready"}})
    assert (delivered["meta"]["in_reply_to"], delivered["data"]) == ("delivery-1", {"response": None})
    assert asked["meta"]["token"] == TOKEN


def test_requests_without_an_answer(channel: WSXServer, session: WSXSession) -> None:
    """Where nothing says how to answer, a request stays without an answer, and can be received."""
    session.create("maria", "s3cret-w0rd", 10)
    session.invoke({"ask": "are you ready"}, 10)
    session.invoke({}, 10)
    assert [each["meta"]["action"] for each in channel.received] == ["create-session"] + 2 * ["invoke-service"]
    message = session.connection.take(lambda each: b"zwsx.rqc" in each.body, 10)
    assert message and b"are you ready" in message.body


def test_a_connection_that_is_gone(session: WSXSession) -> None:
    """A server that closes the connection instead of answering fails the step."""
    session.create("maria", "wrong", 10)
    session.connection.wait_for_end(10)
    with pytest.raises(CheckFailed, match="the server closed it, code 1008"):
        session.invoke({}, 10)
