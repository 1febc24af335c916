"""Tests of apitest_server.wsx.caller, also against the session of the server's side."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.wsx import messages
from apitest_server.wsx.caller import (
    Asked,
    Caller,
    CallerAction,
    CallerTerms,
    Delivered,
    Failed,
    Opened,
    Replied,
)
from apitest_server.wsx.protocol import Answer, Close, Invoke, LogIn, Ping, Send, Session, State, Terms

CLIENT = {"client_id": "c1", "client_name": "Caller"}
TERMS = CallerTerms(login_timeout=10, renewal=600, ping_interval=30, pings_missed_threshold=5)


@dataclass
class At:
    now: float
    id: str = "m1"
    timestamp: str = "2026-01-31T12:30:00"


def new() -> Caller:
    return Caller(TERMS, CLIENT, ("anna", "top-secret"), 0)


def logged_in(token: str = "ws.token.1") -> Caller:
    """A caller with a session."""
    caller = new()
    caller.opened(At(0, "login"))
    assert caller.received(messages.session_created("s1", "t", "login", token), At(1)) == [Opened()]
    return caller


def sent(actions: list[CallerAction]) -> dict[str, object]:
    """The one message that is sent."""
    [action] = actions
    assert isinstance(action, Send)
    found: dict[str, object] = json.loads(action.text)
    return found


def meta(actions: list[CallerAction]) -> dict[str, object]:
    found = sent(actions)["meta"]
    assert isinstance(found, dict)
    return found


def test_it_logs_in_at_once() -> None:
    """With its credentials; before it is answered, nothing can be invoked, and nothing else is listened to."""
    caller = new()
    said = meta(caller.opened(At(0, "login")))
    expected = {"action": "create-session", "id": "login", "username": "anna", "secret": "top-secret", "token": None}
    assert expected.items() <= said.items()
    assert CLIENT.items() <= said.items()
    assert caller.invoke("{}", At(1)) == []
    assert caller.answer("1", "null", At(1)) == []
    assert caller.received(messages.request("1", "t", "{}"), At(1)) == []
    caller.pinged(5)
    assert caller.due == 10


def test_what_is_invoked_has_the_token() -> None:
    """And its answer is known by the message's ID; an answer that nobody waits for is dropped."""
    caller = logged_in()
    said = sent(caller.invoke('{"a": 1}', At(2, "i1")))
    assert said["data"] == {"a": 1}
    assert {"action": "invoke-service", "id": "i1", "token": "ws.token.1"}.items() <= said["meta"].items()  # type: ignore[attr-defined]
    assert caller.waiting == {"i1"}
    answer = messages.reply("s2", "t", "i1", 200, '{"b": 2}')
    assert caller.received(answer, At(3)) == [Replied("i1", {"b": 2})]
    assert caller.received(answer, At(4)) == []
    caller.invoke("{}", At(5, "i2"))
    caller.gave_up("i2")
    assert caller.received(messages.reply("s3", "t", "i2", 200, "1"), At(6)) == []


def test_an_error_has_its_status_and_cid() -> None:
    """The cid of the data, else that of the message."""
    caller = logged_in()
    caller.invoke("{}", At(2, "i1"))
    assert caller.received(messages.failure("cid1", "t", "i1", 404, "No"), At(3)) == [Failed("i1", 404, "No", "cid1")]
    caller.invoke("{}", At(2, "i2"))
    raw = '{"meta": {"id": "cid2", "msg_type": "zwsx.rsperr", "status": 500, "in_reply_to": "i2"}, "data": "x"}'
    assert caller.received(raw, At(3)) == [Failed("i2", 500, "", "cid2")]


def test_requests_and_deliveries_are_handed_on() -> None:
    """One message of publish/subscribe is a list of one."""
    caller = logged_in()
    assert caller.received(messages.request("r1", "t", '{"q": 1}'), At(2)) == [Asked("r1", "t", {"q": 1})]
    assert caller.received(messages.delivery("d1", "t", {}, '{"data": 1}'), At(2)) == [
        Delivered("d1", "t", [{"data": 1}])
    ]
    assert caller.received(messages.delivery("d2", "t", {}, "[1, 2]"), At(2)) == [Delivered("d2", "t", [1, 2])]
    said = sent(caller.answer("r1", '{"x": 1}', At(3, "a1")))
    assert said["data"] == {"response": {"x": 1}}
    expected = {"action": "client-response", "id": "a1", "in_reply_to": "r1", "token": "ws.token.1"}
    assert expected.items() <= said["meta"].items()  # type: ignore[attr-defined]


def test_what_it_does_not_know_is_left_alone() -> None:
    """A later version of the server may send other kinds of messages."""
    assert logged_in().received('{"meta": {"msg_type": "zwsx.new"}, "data": 1}', At(2)) == []


@pytest.mark.parametrize(
    ("raw", "code", "why"),
    [
        ("garbage", 1002, "It does not speak WSX. The message is not valid JSON"),
        (b"\xff", 1002, "It does not speak WSX"),
        ('{"data": 1}', 1002, "has no object `meta`"),
        (messages.forbidden("s", "t", "You are not authorized"), 1000, "It refuses us: You are not authorized"),
        (messages.failure("s", "t", "login", 403, "Wrong"), 1008, "It created no session: 403 Wrong"),
        (messages.reply("s", "t", "login", 200, "{}"), 1008, "It created no session: 200"),
        (messages.session_created("s", "t", "login", ""), 1008, "It created no session: 200"),
    ],
)
def test_a_server_that_gives_no_session_is_left(raw: str | bytes, code: int, why: str) -> None:
    """The reason is for our log; nothing of it goes out."""
    caller = new()
    caller.opened(At(0, "login"))
    [action] = caller.received(raw, At(1))
    assert isinstance(action, Close)
    assert (action.code, action.reason) == (code, "")
    assert why in action.why
    assert caller.state is State.CLOSED
    assert [caller.received("x", At(2)), caller.tick(At(100)), caller.invoke("1", At(2))] == [[], [], []]


def test_what_a_server_says_is_cut_off() -> None:
    """It may be a megabyte."""
    caller = new()
    [action] = caller.received(messages.forbidden("s", "t", "x" * 10_000), At(1))
    assert isinstance(action, Close)
    assert len(action.why) < 300


def test_a_session_has_to_be_created_in_time() -> None:
    """Not a moment sooner is it given up."""
    caller = new()
    caller.opened(At(0))
    assert caller.due == 10
    assert caller.tick(At(9.9)) == []
    assert caller.tick(At(10)) == [Close(1008, "", "It created no session in time")]


def test_pings_are_sent_and_have_to_be_answered() -> None:
    """The connection is given up after so many in a row."""
    caller = logged_in()
    assert caller.due == 31
    for _ in range(10):
        assert caller.tick(At(caller.due)) == [Ping()]
        caller.pong()
    for _ in range(5):
        assert caller.tick(At(caller.due)) == [Ping()]
    assert caller.tick(At(caller.due)) == [Close(1011, "", "It did not answer 5 pings in a row")]


def test_the_token_is_renewed_where_the_server_sends_no_pings() -> None:
    """The new one counts; that is not a second opening."""
    terms = TERMS._replace(ping_interval=10_000)
    caller = Caller(terms, CLIENT, ("", ""), 0)
    caller.opened(At(0, "login"))
    caller.received(messages.session_created("s", "t", "login", "one"), At(1))
    caller.pinged(100)
    assert caller.due == 700
    assert caller.tick(At(699)) == []
    assert meta(caller.tick(At(700, "again")))["action"] == "create-session"
    assert caller.due == 1300
    assert meta(caller.invoke("1", At(700, "i1")))["token"] == "one"
    assert caller.received(messages.session_created("s", "t", "again", "two"), At(701)) == []
    assert meta(caller.invoke("1", At(702, "i2")))["token"] == "two"


def test_nothing_is_waited_for_once_it_is_closed() -> None:
    """Whatever closed it."""
    caller = logged_in()
    caller.invoke("1", At(2, "i1"))
    caller.closed()
    assert caller.waiting == set()
    assert caller.answer("1", "null", At(3)) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.sampled_from(["invoke", "ask", "deliver", "fail"]), _JSON), max_size=8))
def test_both_sides_understand_each_other(steps: list[tuple[str, object]]) -> None:
    """What one side sends is what the other hands on, whatever is sent in which order."""
    caller, session = Caller(TERMS, CLIENT, ("anna", "s"), 0), Session(Terms(), 0)
    [hello] = caller.opened(At(0, "login"))
    [login] = session.received(_text(hello), At(0))
    assert isinstance(login, LogIn)
    assert (login.message.username, login.message.secret) == ("anna", "s")
    [created] = session.logged_in(login.message, "ws.token.x", At(0, "s0"))
    assert caller.received(_text(created), At(0)) == [Opened()]
    for number, (step, data) in enumerate(steps):
        moment, raw = At(1, f"m{number}"), json.dumps(data)
        if step in ("invoke", "fail"):
            [out] = caller.invoke(raw, moment)
            [invoked] = session.received(_text(out), moment)
            assert isinstance(invoked, Invoke)
            assert invoked.message.data == data
            if step == "fail":
                [answer] = session.failed(invoked.message, 500, "No", At(1, "cid"))
                expected: object = Failed(moment.id, 500, "No", "cid")
            else:
                [answer] = session.replied(invoked.message, 200, raw, At(1, "cid"))
                expected = Replied(moment.id, data)
            assert caller.received(_text(answer), At(1)) == [expected]
            continue
        if step == "ask":
            [out] = session.request(raw, moment)
            assert caller.received(_text(out), At(1)) == [Asked(moment.id, moment.timestamp, data)]
        else:
            [out] = session.deliver({}, raw, moment)
            wrapped = data if isinstance(data, list) else [data]
            assert caller.received(_text(out), At(1)) == [Delivered(moment.id, moment.timestamp, wrapped)]
        [back] = caller.answer(moment.id, raw, At(1, "a"))
        assert session.received(_text(back), At(1)) == [Answer(moment.id, data)]


def _text(action: object) -> str:
    assert isinstance(action, Send)
    return action.text
