"""Tests of apitest_server.wsx.conversation, with a socket that keeps what is sent."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest

from apitest_server.errors import RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.wsx import messages
from apitest_server.wsx.caller import Asked, Caller, CallerTerms, Came, Delivered
from apitest_server.wsx.conversation import Conversation
from apitest_server.wsx.endpoint import Bounds
from apitest_server.wsx.plain_caller import PlainCaller


class Socket:
    """What would go out."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.closed: list[tuple[int, str, str]] = []
        self.pings = self.unsent = 0
        self.is_held = False

    def send(self, message: str) -> None:
        self.sent.append(message)

    def ping(self) -> None:
        self.pings += 1

    def close(self, code: int, reason: str, why: str = "") -> None:
        self.closed.append((code, reason, why))

    def leave(self, code: int, reason: str) -> None:
        self.closed.append((code, reason, ""))

    def hold(self, held: bool) -> None:
        self.is_held = held

    @property
    def is_paused(self) -> bool:
        return self.is_held


class Owner:
    """What is told."""

    def __init__(self) -> None:
        self.told: list[object] = []
        self.times_answered = 0

    def opened(self) -> None:
        self.told.append("opened")

    def heard(self, message: Asked | Delivered | Came) -> None:
        self.told.append(message)

    def answered(self) -> None:
        self.times_answered += 1

    def over(self, why: str) -> None:
        self.told.append(why)


Test = Callable[[Conversation, Socket, Owner], Awaitable[None]]


def run(test: Test, terms: CallerTerms = CallerTerms(), plain: bool = False) -> None:  # noqa: B008  # it is frozen
    async def main() -> None:
        socket, owner, now = Socket(), Owner(), asyncio.get_running_loop().time()
        caller = PlainCaller(terms, now) if plain else Caller(terms, {}, ("me", "secret"), now)
        bounds = Bounds(1_000_000, 2_000_000, 5.0)
        talk = Conversation(socket, caller, owner, "There", bounds, lambda text: text.replace("secret", "*"))  # type: ignore[arg-type]
        talk.opened()
        if not plain:
            login = json.loads(socket.sent.pop())["meta"]["id"]
            talk.received(messages.session_created("s", "t", login, "token"))
        async with asyncio.timeout(20):
            await test(talk, socket, owner)
        talk.lost("the end")
        assert owner.told[-1] == "the end"

    asyncio.run(main())


async def number(socket: Socket, count: int = 1) -> str:
    """The ID of the last message, once there are so many."""
    while len(socket.sent) < count:
        await asyncio.sleep(0)
    found: str = json.loads(socket.sent[-1])["meta"]["id"]
    return found


def test_an_answer_gets_to_who_waits_for_it() -> None:
    """Whatever their order is."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        first = asyncio.ensure_future(talk.invoke("1", 10))
        one = await number(socket)
        second = asyncio.ensure_future(talk.invoke("2", 10))
        two = await number(socket, 2)
        assert talk.in_flight == 2
        talk.received(messages.reply("s", "t", two, 200, '"two"'))
        talk.received(messages.reply("s", "t", one, 200, '"one"'))
        assert [await first, await second] == ["one", "two"]
        assert (talk.in_flight, owner.times_answered) == (0, 1)

    run(test)


def test_an_error_is_told_without_secrets() -> None:
    """With its status and cid."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        waiting = asyncio.ensure_future(talk.invoke("1", 10))
        talk.received(messages.failure("cid1", "t", await number(socket), 404, "secret thing"))
        with pytest.raises(RemoteError, match=r"`There` answered with 404: \* thing \(its cid cid1\)"):
            await waiting

    run(test)


def test_an_answer_in_the_form_of_another_kind_is_not_taken_for_it() -> None:
    """Requests and deliveries are for the owner."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.received(messages.request("r1", "t", "1"))
        talk.received(messages.delivery("d1", "t", {}, "2"))
        assert owner.told == ["opened", Asked("r1", "t", 1), Delivered("d1", "t", [2])]
        talk.answer("r1", "null")
        assert json.loads(socket.sent[-1])["meta"]["in_reply_to"] == "r1"

    run(test)


def test_a_remote_end_that_does_not_read_is_not_sent_more() -> None:
    """What waits already is enough."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        socket.unsent = 2_000_000
        with pytest.raises(ServiceUnavailable, match="does not read what it is sent"):
            await talk.invoke("1", 10)
        assert socket.sent == []

    run(test)


def test_a_ping_is_answered_or_not() -> None:
    """In time, or it is given up; a lost connection ends the waiting."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        waiting = asyncio.ensure_future(talk.ping(10))
        while not socket.pings:
            await asyncio.sleep(0)
        talk.pong()
        assert await waiting >= 0
        with pytest.raises(ServiceTimeout, match=r"did not answer a ping within 0.01 s"):
            await talk.ping(0.01)
        waiting = asyncio.ensure_future(talk.ping(10))
        while socket.pings < 3:
            await asyncio.sleep(0)
        talk.close("over")
        with pytest.raises(ServiceUnavailable, match="`There` was lost: over"):
            await waiting
        with pytest.raises(ServiceUnavailable, match="`There` is not connected"):
            await talk.invoke("1", 10)

    run(test)


def test_pings_are_sent_by_themselves() -> None:
    """A remote end that answers none is left."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        while not socket.closed:
            await asyncio.sleep(0.002)
        assert socket.pings == 2
        assert socket.closed == [(1011, "", "It did not answer 2 pings in a row")]
        talk._why = ""

    run(test, CallerTerms(ping_interval=0.01, pings_missed_threshold=2))


def test_a_remote_end_that_is_not_read_from_is_not_left() -> None:
    """Its answers to pings wait behind what it has sent; once it is read from, they have to come."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.hold()
        while socket.pings < 5:
            assert not socket.closed
            await asyncio.sleep(0.002)
        talk.release()
        while not socket.closed:
            await asyncio.sleep(0.002)
        talk._why = ""

    run(test, CallerTerms(ping_interval=0.01, pings_missed_threshold=2))


def test_a_plain_remote_end_is_told_texts() -> None:
    """Whatever comes is for the owner, however large it is; nothing is sent once it is closed."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.tell("hello")
        talk.received("x" * 100_000)
        talk.pinged()
        assert socket.sent == ["hello"]
        assert owner.told == ["opened", Came("x" * 100_000)]
        talk.leave()
        with pytest.raises(ServiceUnavailable, match="`There` is not connected"):
            talk.tell("again")

    run(test, plain=True)


def test_text_that_is_not_utf8_ends_it() -> None:
    """The WebSocket itself is closed by who found that out."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.not_utf8()
        assert not talk.is_open

    run(test)


def test_a_large_message_is_waited_for_by_those_after_it() -> None:
    """One that is not valid JSON closes the connection."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.received(messages.request("r1", "t", json.dumps("x" * 100_000)))
        talk.received(messages.request("r2", "t", "2"))
        assert socket.is_held
        while len(owner.told) < 3:
            await asyncio.sleep(0.002)
        assert [one.number for one in owner.told[1:]] == ["r1", "r2"]  # type: ignore[attr-defined]  # both are requests
        talk.received("x" * 100_000)
        while not socket.closed:
            await asyncio.sleep(0.002)
        assert socket.closed[0][0] == 1002
        talk._why = ""

    run(test)


def test_what_fails_here_closes_the_connection() -> None:
    """It goes to the log."""

    async def test(talk: Conversation, socket: Socket, owner: Owner) -> None:
        talk.failed(RuntimeError("for the test"))
        talk.idle()
        assert socket.closed == [(1011, "", "A message could not be read")]
        assert not talk.is_open

    run(test)
