"""Messages are written to the byte as they were recorded, and read whatever a client makes of them."""

import json

import pytest

from apitest_server.wsx import messages
from apitest_server.wsx.messages import Malformed, read_from_client, read_from_server
from tests.server.wsx.golden import CLIENT, TIMESTAMP, golden

TOKEN = "ws.token.1"
_CTX = {"sub_key": "zpsk.websockets.6ef529f7cab64a71d8bd2878"}
_DELIVERED = '{"data": "hello", "topic_name": "/customer/new"}'


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("session_created", messages.session_created("cid1", TIMESTAMP, "auth.1", TOKEN)),
        ("reply", messages.reply("cid2", TIMESTAMP, "invs.1", 200, '{"name": "Zoë"}')),
        ("failure", messages.failure("cid3", TIMESTAMP, "invs.1", 500, "Internal server error")),
        ("forbidden", messages.forbidden("cid4", TIMESTAMP, "You are not authorized to access this resource")),
        ("request", messages.request("cid5", TIMESTAMP, '{"cmd": ["uptime"]}')),
        ("delivery", messages.delivery("cid6", TIMESTAMP, _CTX, _DELIVERED)),
        ("delivery_list", messages.delivery("cid6", TIMESTAMP, _CTX, f"[{_DELIVERED}]")),
    ],
)
def test_server_writes_what_was_recorded(name: str, written: str) -> None:
    """Each message of the server is the recorded one, with its keys in their order."""
    assert written == golden(name)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (
            "create_session",
            messages.create_session("zato.ws.client.auth.1", TIMESTAMP, CLIENT, "user1", "secret1"),
        ),
        (
            "invoke_service",
            messages.invoke_service(
                "zato.ws.client.invs.1", TIMESTAMP, TOKEN, CLIENT, {"customer": 123, "name": "Zoë"}
            ),
        ),
        (
            "client_response",
            messages.client_response("zato.ws.client.resp.1", TIMESTAMP, "cid0", TOKEN, CLIENT, ["a", 1, None]),
        ),
    ],
)
def test_client_writes_what_was_recorded(name: str, written: str) -> None:
    """Each message of a client says what the recorded one does, with its keys in their order."""
    assert list(json.loads(written)["meta"]) == list(json.loads(golden(name))["meta"])
    assert json.loads(written) == json.loads(golden(name))


def test_login_is_read() -> None:
    """The first message of a client gives its credentials and says who it is."""
    message = read_from_client(golden("create_session"))
    assert (message.action, message.id) == ("create-session", "zato.ws.client.auth.1")
    assert (message.client_id, message.client_name) == ("32351b3f5d16", "My Client")
    assert (message.username, message.secret, message.token) == ("user1", "secret1", "")


def test_newer_login_is_read() -> None:
    """A client of the newer generation sends nulls, attributes, and an object as its name."""
    message = read_from_client(golden("create_session_no_credentials"))
    assert message.client_name == "app: billing; version: 3"
    assert (message.username, message.secret, message.attrs, message.data) == ("", "", None, None)


def test_invocation_is_read_from_either_kind_of_frame() -> None:
    """Text and binary frames are read alike."""
    text = golden("invoke_service")
    message = read_from_client(text)
    assert message == read_from_client(text.encode("utf-8"))
    assert (message.action, message.token) == ("invoke-service", "ws.token.1")
    assert message.data == {"customer": 123, "name": "Zoë"}


@pytest.mark.parametrize(
    ("data", "response"),
    [('{"response": null}', None), ('{"a": 1}', {"a": 1}), ('"text"', "text"), ("null", None)],
)
def test_response_of_client(data: str, response: object) -> None:
    """A response is under its key; data of any other form are the response themselves."""
    assert read_from_client(f'{{"meta": {{"action": "client-response"}}, "data": {data}}}').response == response


def test_no_action_is_a_response() -> None:
    """A message without an action answers a request of the server."""
    message = read_from_client(golden("client_response_no_action"))
    assert (message.action, message.in_reply_to, message.response) == ("client-response", "cid0", "OK")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", "is not valid JSON: Input data was truncated"),
        ("{", "is not valid JSON: Input data was truncated"),
        ('{"meta": {"id": NaN}}', "is not valid JSON: JSON is malformed: invalid character (byte 16)"),
        (b'{"meta": {"id": "\xff"}}', "is not valid UTF-8"),
        (b"\xff\xfe", "is not valid JSON: JSON is malformed: invalid character (byte 0)"),
        ('{"meta": {"id": "\\ud800"}}', "is not valid JSON: Input data was truncated"),
        ("[]", "is not a JSON object"),
        ("{}", "has no object `meta`"),
        ('{"meta": []}', "has no object `meta`"),
        ('{"meta": {"id": {}}}', "has an `id` that is neither text nor a number"),
        ('{"meta": {"action": 1}}', "has an `action` that is not text"),
        (f'{{"meta": {{"client_id": "{"x" * 1001}"}}}}', "has a `client_id` of more than 1000 characters"),
        (f'{{"meta": {{"client_name": {{"a": "{"x" * 999}"}}}}}}', "has a `client_name` of more than 1000 characters"),
    ],
)
def test_malformed(raw: str | bytes, problem: str) -> None:
    """What is not a message is refused with its reason."""
    with pytest.raises(Malformed) as caught:
        read_from_client(raw)
    assert str(caught.value) == f"The message {problem}"


def test_depth_does_not_end_the_server() -> None:
    """JSON of 100,000 levels is malformed."""
    with pytest.raises(Malformed, match="is not valid JSON"):
        read_from_client("[" * 100_000)


def test_pairs_of_surrogates_are_text() -> None:
    """An escaped character beyond the first 65,536 is a character as any other."""
    assert read_from_client('{"meta": {"client_id": "\\ud83d\\ude00"}}').client_id == "\U0001f600"


def test_malformed_message_keeps_its_id() -> None:
    """As far as its ID can be read, a malformed message can be answered."""
    with pytest.raises(Malformed) as caught:
        read_from_client('{"meta": {"id": "a", "action": []}}')
    assert caught.value.in_reply_to == "a"


def test_client_reads_what_the_server_writes() -> None:
    """Each field of a server's message is there for a client."""
    reply = read_from_server(golden("failure"))
    assert (reply.msg_type, reply.id, reply.timestamp) == ("zwsx.rsperr", "cid3", TIMESTAMP)
    assert (reply.status, reply.in_reply_to, reply.error_message) == (500, "invs.1", "Internal server error")
    delivery = read_from_server(golden("delivery_list"))
    assert (delivery.ctx, delivery.status, delivery.in_reply_to) == (_CTX, 0, None)
    assert delivery.data == [{"data": "hello", "topic_name": "/customer/new"}]
    assert read_from_server('{"meta": {"status": "200"}}').status == 0


def test_secrets_are_not_shown() -> None:
    """A message in a log or a traceback shows neither the secret nor the token."""
    shown = repr(read_from_client('{"meta": {"secret": "hidden-1", "token": "hidden-2"}}'))
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ('{"meta": {"id": "a", "extra": [1, 2]}, "data": [1, 2, 3]}', "a"),
        (b'{"data": [1, 2, 3], "meta": {"id": 7}}', 7),
        ('{"meta": {"id": [1, 2, 3, 4]}}', None),
        ('{"meta": [1, 2, 3, 4]}', None),
        ('{"data": [1, 2, 3, 4]}', None),
        ("[1, 2, 3, 4, 5, 6", None),
        (b"[1, 2, 3, 4, 5, \xff]", None),
        ("[" * 10_000, None),
    ],
)
def test_of_a_message_with_too_many_values_only_the_id_is_read(raw: str | bytes, number: object) -> None:
    """Where it has one."""
    found = messages.read(raw, 3)
    assert isinstance(found, Malformed)
    assert str(found) == "The message holds more than 3 values"
    assert found.in_reply_to == number


def test_a_message_within_the_limit_of_values_is_read() -> None:
    """And one without a limit; what is not a message is returned as such."""
    raw = '{"meta": {"id": "a"}, "data": [1, 2]}'
    assert messages.read(raw, 5) == messages.read(raw) == read_from_client(raw)
    assert isinstance(messages.read("[]", 5), Malformed)
