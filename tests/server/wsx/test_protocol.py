"""A session takes what clients send in any order, and ends with nothing left."""

import json
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from apitest_server.wsx.messages import read_from_client
from apitest_server.wsx.protocol import (
    Action,
    Answer,
    Close,
    Invoke,
    LogIn,
    Moment,
    Ping,
    Send,
    Session,
    State,
    Terms,
    client_response,
    create_session,
    invoke_service,
)
from tests.server.wsx.golden import CLIENT, TIMESTAMP, golden

TERMS = Terms(token_ttl=100.0, new_token_wait_time=5.0, ping_interval=30.0, pings_missed_threshold=2)
TOKEN = "ws.token.1"
FORBIDDEN = Send(golden("forbidden"))


class Given(NamedTuple):
    """A moment as a test says."""

    now: float
    timestamp: str
    id: str


def at(now: float, number: str = "cid4") -> Moment:
    return Given(now, TIMESTAMP, number)


def closes(why: str) -> list[Action]:
    """What a session does when it forbids something."""
    return [FORBIDDEN, Close(1008, "Forbidden", why)]


def login(number: str = "auth.1") -> str:
    return create_session(number, TIMESTAMP, CLIENT, "user1", "secret1")


def invocation(token: str = TOKEN) -> str:
    return invoke_service("invs.1", TIMESTAMP, token, CLIENT, {})


def opened(terms: Terms = TERMS) -> Session:
    """A session that was created at the second 0."""
    session = Session(terms, 0.0)
    [action] = session.received(login(), at(0.0))
    assert isinstance(action, LogIn)
    session.logged_in(action.message, TOKEN, at(0.0, "cid1"))
    return session


def test_session_is_created() -> None:
    """A client that logs in gets the recorded answer, and its first ping after the interval."""
    session = Session(TERMS, 1.0)
    assert session.due == 6.0
    [action] = session.received(login(), at(2.0))
    assert isinstance(action, LogIn)
    assert action.message.secret == "secret1"
    assert session.state is State.NEW
    assert session.logged_in(action.message, TOKEN, at(3.0, "cid1")) == [Send(golden("session_created"))]
    assert session.state is State.OPEN
    assert session.due == 33.0


def test_wrong_credentials_are_forbidden() -> None:
    """Wrong credentials get the recorded message, then Close."""
    session = Session(TERMS, 0.0)
    session.received(login(), at(0.0))
    assert session.refused(at(1.0)) == closes("Invalid credentials")
    assert session.state is State.CLOSED


def test_service_is_invoked() -> None:
    """An invocation with the token is handed on, and its reply sent."""
    session = opened()
    [action] = session.received(invocation(), at(1.0))
    assert isinstance(action, Invoke)
    assert session.replied(action.message, 200, '{"name": "Zoë"}', at(1.0, "cid2")) == [Send(golden("reply"))]


def test_failure_is_told() -> None:
    """A service that fails is told of with the recorded message."""
    session = opened()
    [action] = session.received(invocation(), at(1.0))
    assert isinstance(action, Invoke)
    sent = session.failed(action.message, 500, "Internal server error", at(1.0, "cid3"))
    assert sent == [Send(golden("failure"))]


@pytest.mark.parametrize("token", ["", "ws.token.2", "ws.token.1 ", "ëws"])
def test_other_tokens_are_forbidden(token: str) -> None:
    """An invocation with no token, another session's, or a longer one is forbidden, then Close."""
    expected = closes("`invoke-service` came with an invalid or expired token")
    assert opened().received(invocation(token), at(1.0)) == expected


def test_token_expires() -> None:
    """A token lives as long as the channel says, and not a moment longer."""
    assert isinstance(opened().received(invocation(), at(99.9))[0], Invoke)
    assert opened().received(invocation(), at(100.0))[0] == FORBIDDEN


def test_answered_ping_extends_token() -> None:
    """The token's life begins anew when a ping is answered."""
    session = opened()
    assert session.tick(at(30.0)) == [Ping()]
    session.pong(40.0)
    assert isinstance(session.received(invocation(), at(139.0))[0], Invoke)
    assert session.received(invocation(), at(140.0))[0] == FORBIDDEN


def test_pong_without_ping_extends_nothing() -> None:
    """A client cannot keep its token alive by pongs that nobody asked for."""
    session = opened()
    session.pong(99.0)
    assert session.received(invocation(), at(100.0))[0] == FORBIDDEN


def test_late_pong_does_not_revive_a_token() -> None:
    """A token that has expired stays so, whatever pings are answered afterwards."""
    session = opened()
    assert session.tick(at(99.0)) == [Ping()]
    session.pong(100.0)
    assert session.received(invocation(), at(101.0))[0] == FORBIDDEN


def test_too_many_values_are_an_input_error() -> None:
    """A message that holds more values than it may is answered under its ID, and the session goes on."""
    session = opened()
    raw = invoke_service("invs.1", TIMESTAMP, TOKEN, CLIENT, list(range(40)))
    [sent] = session.received(raw, at(1.0), 40)
    assert isinstance(sent, Send)
    meta = json.loads(sent.text)["meta"]
    assert (meta["status"], meta["error_message"]) == (400, "I/O processing error")
    assert meta["in_reply_to"] == "invs.1"
    assert isinstance(session.received(raw, at(1.0), 100)[0], Invoke)


def test_former_token_is_void() -> None:
    """Logging in again on the same connection grants a new token in the place of the old one."""
    session = opened()
    [action] = session.received(login("auth.2"), at(1.0))
    assert isinstance(action, LogIn)
    assert isinstance(session.received(invocation(), at(1.0))[0], Invoke)
    [sent] = session.logged_in(action.message, "ws.token.2", at(2.0))
    assert isinstance(sent, Send)
    assert json.loads(sent.text)["data"] == {"token": "ws.token.2"}
    assert session.due == 30.0
    assert isinstance(session.received(invocation("ws.token.2"), at(2.0))[0], Invoke)
    assert session.received(invocation(), at(2.0))[0] == FORBIDDEN


def test_second_login_while_the_first_is_checked() -> None:
    """Passwords are checked one at a time."""
    session = Session(TERMS, 0.0)
    session.received(login(), at(0.0))
    assert session.received(login(), at(0.0)) == closes("Credentials came while others were being checked")
    message = read_from_client(login())
    assert session.logged_in(message, TOKEN, at(1.0)) == []
    assert session.refused(at(1.0)) == []
    assert session.state is State.CLOSED


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (invocation(), "`invoke-service` came before a session was created"),
        (golden("client_response_no_action"), "`client-response` came before a session was created"),
        ("hello", "Before the session was created: The message is not valid JSON: "),
    ],
)
def test_login_comes_first(raw: str, why: str) -> None:
    """Anything before the session is forbidden, then Close."""
    session = Session(TERMS, 0.0)
    sent, close = session.received(raw, at(0.0))
    assert sent == FORBIDDEN
    assert isinstance(close, Close)
    assert close.why.startswith(why)


def test_session_has_to_be_created_in_time() -> None:
    """A client that does not log in within the channel's time is sent away."""
    session = Session(TERMS, 0.0)
    assert session.tick(at(4.9)) == []
    assert session.tick(at(5.0)) == closes("No session was created in time")


def test_slow_check_of_credentials_is_not_the_clients_fault() -> None:
    """A client whose password is being checked is not sent away meanwhile."""
    session = Session(TERMS, 0.0)
    session.received(login(), at(4.0))
    assert session.tick(at(5.0)) == []
    assert session.due == 35.0


@pytest.mark.parametrize("raw", ["hello", b"\xff", "[]", '{"meta": {"id": [], "action": "invoke-service"}}'])
def test_malformed_message_is_answered(raw: str | bytes) -> None:
    """In a session, what is not a message is answered with an error, and the session goes on."""
    session = opened()
    [sent] = session.received(raw, at(1.0))
    assert isinstance(sent, Send)
    meta = json.loads(sent.text)["meta"]
    assert (meta["msg_type"], meta["status"], meta["error_message"]) == ("zwsx.rsperr", 400, "I/O processing error")
    assert session.state is State.OPEN


def test_unknown_action_is_answered() -> None:
    """An action that does not exist is an input error."""
    session = opened()
    raw = '{"meta": {"id": "a", "action": "subscribe", "token": "ws.token.1"}}'
    [sent] = session.received(raw, at(1.0))
    assert isinstance(sent, Send)
    assert (json.loads(sent.text)["meta"]["in_reply_to"], session.state) == ("a", State.OPEN)


def test_request_is_answered() -> None:
    """A request goes out as recorded; its answer comes once, and only to what waits for it."""
    session = opened()
    assert session.request('{"cmd": ["uptime"]}', at(1.0, "cid5")) == [Send(golden("request"))]
    other = client_response("resp.1", TIMESTAMP, "cid6", TOKEN, CLIENT, "up")
    right = client_response("resp.2", TIMESTAMP, "cid5", TOKEN, CLIENT, "up")
    assert session.received(other, at(2.0)) == []
    assert session.received('{"meta": {"token": "ws.token.1", "in_reply_to": 5}}', at(2.0)) == []
    assert session.received(right, at(2.0)) == [Answer("cid5", "up")]
    assert session.received(right, at(2.0)) == []


def test_late_answer_is_dropped() -> None:
    """An answer after the server gave up is nothing to anybody."""
    session = opened()
    session.request("1", at(1.0, "cid5"))
    session.gave_up("cid5")
    assert session.received(client_response("r", TIMESTAMP, "cid5", TOKEN, CLIENT, "up"), at(2.0)) == []


@pytest.mark.parametrize("name", ["delivery", "delivery_list"])
def test_delivery_is_answered(name: str) -> None:
    """Messages of publish/subscribe are delivered as recorded and answered as requests are."""
    session = opened()
    message = json.loads(golden(name))
    sent = session.deliver(message["meta"]["ctx"], json.dumps(message["data"]), at(1.0, "cid6"))
    assert sent == [Send(golden(name))]
    raw = client_response("r", TIMESTAMP, "cid6", TOKEN, CLIENT, None)
    assert session.received(raw, at(2.0)) == [Answer("cid6", None)]


def test_nothing_is_asked_outside_of_a_session() -> None:
    """Before the session and after it the client is asked for nothing."""
    session = Session(TERMS, 0.0)
    assert session.request("1", at(0.0)) == []
    session = opened()
    session.closed()
    assert session.deliver({}, "1", at(0.0)) == []


def test_missed_pings_close() -> None:
    """As many unanswered pings in a row as the channel says close the connection."""
    session = opened()
    assert session.tick(at(29.0)) == []
    assert session.tick(at(30.0)) == [Ping()]
    session.pong(31.0)
    assert session.tick(at(60.0)) == [Ping()]
    assert session.tick(at(90.0)) == [Ping()]
    text = "2 pings in a row were not answered"
    assert session.tick(at(120.0)) == [Close(1011, text, text)]
    assert session.tick(at(200.0)) == []


def test_pings_that_cannot_have_been_answered_do_not_close() -> None:
    """While nothing is read from the client; its token lives on, and afterwards it may miss as many as ever."""
    session = opened()
    for now in (30.0, 60.0, 90.0, 120.0):
        assert session.tick(at(now), is_heard=False) == [Ping()]
    assert isinstance(session.received(invocation(), at(219.0))[0], Invoke)
    session.pong(121.0)
    assert session.tick(at(150.0)) == session.tick(at(180.0)) == [Ping()]
    assert isinstance(session.tick(at(210.0))[0], Close)


def test_nothing_follows_the_end() -> None:
    """After the connection is gone, nothing is sent and nobody waits."""
    session = opened()
    session.request("1", at(1.0, "cid5"))
    session.closed()
    message = read_from_client(invocation())
    assert session.waiting == set()
    assert session.received(invocation(), at(2.0)) == []
    assert session.replied(message, 200, "1", at(2.0)) == []
    assert session.failed(message, 500, "", at(2.0)) == []
    assert session.logged_in(message, TOKEN, at(2.0)) == []
    assert session.refused(at(2.0)) == []
    session.pong(2.0)
    assert session.state is State.CLOSED


class AnyOrder(RuleBasedStateMachine):
    """No order of messages, pings, time-outs and closings ends in an exception or a leaked session."""

    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.numbers = count()
        self.session = Session(TERMS, self.now)
        self.tokens = ["", "ws.token.other"]
        self.logins: list[LogIn] = []
        self.invocations: list[Invoke] = []
        self.is_closed = False

    def moment(self) -> Moment:
        return Given(self.now, TIMESTAMP, f"cid{next(self.numbers)}")

    def take(self, actions: list[Action]) -> None:
        """Carries out what the session says; a Close is its last word."""
        assert not (self.is_closed and actions)
        for action in actions:
            assert not self.is_closed
            self.is_closed = isinstance(action, Close)
            if isinstance(action, Send):
                assert {"id", "timestamp", "msg_type"} <= set(json.loads(action.text)["meta"])
            elif isinstance(action, LogIn):
                self.logins.append(action)
            elif isinstance(action, Invoke):
                assert self.session.state is State.OPEN
                self.invocations.append(action)

    @rule(which=st.integers(0, 5), write=st.sampled_from([login, invocation]))
    def sends(self, which: int, write: Callable[[str], str]) -> None:
        self.take(self.session.received(write(self.tokens[which % len(self.tokens)]), self.moment()))

    @rule(raw=st.one_of(st.text(), st.binary(), st.sampled_from(["{}", '{"meta": {}}', '{"meta": {"action": "x"}}'])))
    def sends_garbage(self, raw: str | bytes) -> None:
        self.take(self.session.received(raw, self.moment()))

    @rule(is_right=st.booleans())
    def is_checked(self, is_right: bool) -> None:
        if self.logins:
            message, moment = self.logins.pop().message, self.moment()
            if not is_right:
                self.take(self.session.refused(moment))
                return
            self.tokens.append(f"ws.token.{moment.id}")
            self.take(self.session.logged_in(message, self.tokens[-1], moment))

    @rule(failed=st.booleans())
    def service_returns(self, failed: bool) -> None:
        if self.invocations:
            message, moment = self.invocations.pop().message, self.moment()
            session = self.session
            self.take(
                session.failed(message, 500, "x", moment) if failed else session.replied(message, 200, "1", moment)
            )

    @rule(target=requests, is_delivery=st.booleans())
    def asks(self, is_delivery: bool) -> object:
        moment = self.moment()
        actions = self.session.deliver({}, "1", moment) if is_delivery else self.session.request("1", moment)
        self.take(actions)
        return moment.id if actions else multiple()

    @rule(request=requests, which=st.integers(0, 5))
    def answers(self, request: str, which: int) -> None:
        raw = client_response("r", TIMESTAMP, request, self.tokens[which % len(self.tokens)], CLIENT, 1)
        self.take(self.session.received(raw, self.moment()))

    @rule(request=requests)
    def gives_up(self, request: str) -> None:
        self.session.gave_up(request)

    @rule(seconds=st.sampled_from([0.0, 1.0, 5.0, 30.0, 100.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.take(self.session.tick(self.moment()))

    @rule()
    def answers_ping(self) -> None:
        self.session.pong(self.now)

    @rule()
    def is_revoked(self) -> None:
        self.take(self.session.revoked(self.moment(), "changed"))

    @rule()
    def goes_away(self) -> None:
        self.session.closed()
        self.is_closed = True

    @invariant()
    def nothing_leaks(self) -> None:
        """A session that is over holds nothing and gives access to nothing; one login is checked at a time."""
        assert self.is_closed == (self.session.state is State.CLOSED)
        assert len(self.logins) <= 1
        if self.is_closed:
            assert not self.session.waiting
            assert not any(self.session.received(invocation(token), self.moment()) for token in self.tokens)

    @invariant()
    def somebody_looks_again(self) -> None:
        """A session that is not over always has a time at which it is looked at."""
        assert self.is_closed or self.session.due <= self.now + max(TERMS.ping_interval, TERMS.new_token_wait_time)


TestAnyOrder = AnyOrder.TestCase
# Twice as many as of other tests; few where the profile says that there is little time.
TestAnyOrder.settings = settings(max_examples=2 * settings.default.max_examples, deadline=None, stateful_step_count=40)
