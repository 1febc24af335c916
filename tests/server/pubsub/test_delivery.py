"""Tests of apitest_server.pubsub.delivery."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from apitest_server.errors import NotFound, ServiceTimeout, ServiceUnavailable
from apitest_server.pubsub.delivery import NotArrived, Partly, Pusher, Terms
from apitest_server.pubsub.message import LONGEST_LIFE, Message
from apitest_server.pubsub.queue import Portion, Queue
from apitest_server.pubsub.taking import Held

KEY = "zpsk.websockets.1"
SOON = Terms(batch_size=3, batch_bytes=100, retry_wait=0.001, longest_retry_wait=0.002, max_attempts=5)


def message(number: int, content: bytes = b'"a"', priority: int = 5) -> Message:
    """A message that does not expire."""
    return Message(
        number=number,
        msg_id=f"zpsm{number}",
        topic_id=1,
        topic_name="/a",
        content=content,
        size=len(content),
        priority=priority,
        expiration=LONGEST_LIFE,
        expires_at=1e12,
        has_gd=False,
        mime_type="text/plain",
        pub_time=0.0,
        recv_time=0.0,
    )


class Shelf:
    """One queue, as the source of all subscriptions.

    It may be out of order for so many calls, slow or quick, or another server has what comes next.
    """

    def __init__(self, *messages: Message) -> None:
        self.queue = Queue()
        self.fails = self.asked = 0
        self.is_held = False
        self.is_quick = False
        self.has_ended = False
        self.is_open = asyncio.Event()
        self.is_open.set()
        for each in messages:
            self.queue.add(each)

    async def claim(
        self, sub_key: str, limit: int = 100, most_bytes: int = 100, *, is_pushed: bool = False
    ) -> list[Message]:
        self.asked += 1
        if self.is_held:
            raise Held
        self._may_fail()
        portion = Portion(limit, most_bytes, is_pushed, SOON.max_attempts)
        claimed = [entry.given(sub_key) for entry in self.queue.claim(portion, 0.0)]
        await self.is_open.wait()
        return claimed

    def claim_now(self, sub_key: str, limit: int, most_bytes: int) -> list[Message]:
        if self.fails or not (self.is_open.is_set() and self.is_quick):
            return []
        return [entry.given(sub_key) for entry in self.queue.claim(Portion(limit, most_bytes, True, 5), 0.0)]

    def confirm_now(self, sub_key: str, msg_ids: Sequence[str]) -> bool:
        if self.is_quick:
            self.queue.confirm(msg_ids)
        return self.is_quick

    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None:
        self.queue.confirm(msg_ids)

    async def release(self, sub_key: str, msg_ids: Sequence[str], was_sent: bool = True, problem: str = "") -> int:
        if self.has_ended:
            raise NotFound(f"There is no subscription `{sub_key}`")
        await asyncio.sleep(0)
        self.queue.release(msg_ids, was_sent, problem)
        return len(self.queue.bury(msg_ids, SOON.max_attempts, 0.0)) if problem else 0

    def _may_fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise ServiceUnavailable("The server's database cannot be written")


class Receiver:
    """Takes messages; it may not confirm so many batches, and hold back until it is told to go on."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.came: list[list[tuple[str, int]]] = []
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def __call__(self, messages: Sequence[Message]) -> None:
        self.came.append([(each.msg_id, each.delivery_count) for each in messages])
        await self.goes_on.wait()
        if self.fails:
            self.fails -= 1
            raise ServiceTimeout("The client did not answer")


def pusher(
    shelf: Shelf, receiver: Callable[[Sequence[Message]], Awaitable[None]], before: Pusher | None = None
) -> Pusher:
    return Pusher(shelf, KEY, receiver, lambda: None, SOON, before)


async def ended(*pushers: Pusher) -> None:
    """Ends them, and sees to it that nothing is left."""
    for one in pushers:
        one.end()
    await asyncio.wait([one.ended for one in pushers])
    await until(lambda: len(asyncio.all_tasks()) == 1)


async def until(condition: Callable[[], bool]) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Runs a test on an event loop of its own."""

    async def running() -> None:
        await test()

    asyncio.run(running())


@pytest.mark.parametrize("is_quick", [False, True])
def test_what_waits_and_what_comes_is_pushed(is_quick: bool) -> None:
    """In the queue's order, so many at a time, each once; whether it has to be waited for or not."""

    async def test() -> None:
        shelf, receiver = Shelf(message(1), message(2, priority=9), message(3), message(4)), Receiver()
        shelf.is_quick = is_quick
        pushing = pusher(shelf, receiver)
        await until(lambda: not len(shelf.queue))
        shelf.queue.add(message(5))
        pushing.wake()
        await until(lambda: not len(shelf.queue))
        assert receiver.came == [[("zpsm2", 1), ("zpsm1", 1), ("zpsm3", 1)], [("zpsm4", 1)], [("zpsm5", 1)]]
        await ended(pushing)

    run(test)


def test_what_is_not_confirmed_is_pushed_again(caplog: pytest.LogCaptureFixture) -> None:
    """With the count of its deliveries, until it is; the log says why."""

    async def test() -> None:
        shelf, receiver = Shelf(message(1)), Receiver(fails=3)
        pushing = pusher(shelf, receiver)
        await until(lambda: not len(shelf.queue))
        assert receiver.came == [[("zpsm1", count)] for count in (1, 2, 3, 4)]
        await ended(pushing)

    run(test)
    assert f"Messages for {KEY} have not arrived, and are sent again in 0.001 s: The client did not" in caplog.text


def test_who_does_not_confirm_is_waited_for_longer_and_longer() -> None:
    """Twice as long each time, up to a limit."""
    delays = Terms(retry_wait=1, longest_retry_wait=6).delays()
    assert [next(delays) for _ in range(5)] == [1, 2, 4, 6, 6]
    for _ in range(2000):
        assert next(delays) == 6


def test_a_slow_receiver_has_one_batch_at_a_time() -> None:
    """Whatever else comes waits in its queue."""

    async def test() -> None:
        slow, shelf = Receiver(), Shelf(*map(message, range(100)))
        slow.goes_on.clear()
        pushing = pusher(shelf, slow)
        await until(lambda: bool(slow.came))
        for _ in range(10):
            pushing.wake()
            await asyncio.sleep(0)
        assert len(slow.came) == 1
        slow.goes_on.set()
        await until(lambda: not len(shelf.queue))
        await ended(pushing)

    run(test)


def test_one_that_replaces_another_begins_with_what_that_had_in_its_hands() -> None:
    """In its place; the one before gets nothing more."""

    async def test() -> None:
        old, new, shelf = Receiver(), Receiver(), Shelf(*map(message, range(4)))
        old.goes_on.clear()
        before = pusher(shelf, old)
        await until(lambda: bool(old.came))
        before.end()
        pushing = pusher(shelf, new, before)
        await until(lambda: not len(shelf.queue))
        assert len(old.came) == 1
        assert new.came == [[("zpsm0", 2)], [("zpsm1", 2)], [("zpsm2", 2)], [("zpsm3", 1)]]
        await ended(pushing)

    run(test)


def test_one_that_ends_gives_back_what_it_has(caplog: pytest.LogCaptureFixture) -> None:
    """Whether it was sent already, which counts, or is only being given out, which does not."""

    async def test(is_open: bool, count: int) -> None:
        receiver, shelf = Receiver(), Shelf(message(1))
        receiver.goes_on.clear()
        if not is_open:
            shelf.is_open.clear()
        pushing = pusher(shelf, receiver)
        await until(lambda: not list(shelf.queue.in_order(0.0)))
        await until(lambda: bool(receiver.came) or not is_open)
        pushing.end()
        await asyncio.sleep(0)
        shelf.is_open.set()
        await ended(pushing)
        assert [entry.delivery_count for entry in shelf.queue.claim(Portion(1, 100), 0.0)] == [count]

    run(lambda: test(True, 2))
    run(lambda: test(False, 1))
    assert not caplog.text


def test_what_was_confirmed_just_before_the_end_has_arrived() -> None:
    """A client may confirm a message and leave in the same moment: it does not get it once more."""

    async def test() -> None:
        shelf, confirmed = Shelf(message(1)), asyncio.get_running_loop().create_future()

        async def confirms(messages: Sequence[Message]) -> None:
            await confirmed

        pushing = pusher(shelf, confirms)
        await until(lambda: not list(shelf.queue.in_order(0.0)))
        await asyncio.sleep(0)
        confirmed.set_result(None)
        await ended(pushing)
        assert not len(shelf.queue)

    run(test)


def test_a_subscription_that_ends_takes_its_messages_along() -> None:
    """There is nothing to give them back to, and nothing goes on."""

    async def test() -> None:
        receiver, shelf = Receiver(), Shelf(message(1))
        receiver.goes_on.clear()
        pushing = pusher(shelf, receiver)
        await until(lambda: bool(receiver.came))
        shelf.has_ended = True
        await ended(pushing)
        assert pushing.ended.cancelled()

    run(test)


def test_a_database_that_goes_away_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """Then what waits is pushed soon, however often it was asked; nothing is said against the subscriber any more."""

    async def test() -> None:
        receiver, shelf = Receiver(), Shelf(message(1))
        shelf.fails = 20
        pushing = Pusher(shelf, KEY, receiver, lambda: None, SOON._replace(longest_retry_wait=60.0))
        await until(lambda: not len(shelf.queue))
        assert (pushing.failures, pushing.problem) == (0, "")
        assert receiver.came == [[("zpsm1", 1)]]
        await ended(pushing)

    run(test)
    assert "cannot be written" in caplog.text


@pytest.mark.parametrize("is_woken", [True, False])
def test_what_another_server_has_is_waited_for(is_woken: bool, caplog: pytest.LogCaptureFixture) -> None:
    """Until it is given back, whether somebody says so or not; nothing is wrong with the subscriber."""

    async def test() -> None:
        receiver, shelf = Receiver(), Shelf(message(1))
        shelf.is_held = True
        pushing = pusher(shelf, receiver)
        await until(lambda: shelf.asked > 0)
        shelf.is_held = False
        if is_woken:
            pushing.wake()
        await until(lambda: not len(shelf.queue))
        assert (pushing.failures, pushing.problem) == (0, "")
        assert receiver.came == [[("zpsm1", 1)]]
        await ended(pushing)

    run(test)
    assert caplog.text == ""


def test_a_receiver_that_is_broken_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    """With its traceback; it is tried again."""

    async def test() -> None:
        shelf, attempts = Shelf(message(1)), list[int]()

        async def broken(messages: Sequence[Message]) -> None:
            attempts.append(messages[0].delivery_count)
            if len(attempts) == 1:
                raise RuntimeError("out of order")

        pushing = pusher(shelf, broken)
        await until(lambda: not len(shelf.queue))
        assert attempts == [1, 2]
        await ended(pushing)

    run(test)
    assert "RuntimeError: out of order" in caplog.text


def test_a_part_of_a_batch_may_have_arrived() -> None:
    """It does not come again; of the rest only what was tried counts as sent."""

    async def test() -> None:
        shelf, came = Shelf(*map(message, range(3))), list[tuple[str, int]]()

        async def takes_one_each(messages: Sequence[Message]) -> None:
            came.extend((each.msg_id, each.delivery_count) for each in messages[:2])
            if len(messages) > 1:
                raise NotArrived("one is enough", 1, 2)

        pushing = pusher(shelf, takes_one_each)
        await until(lambda: not len(shelf.queue))
        assert came == [("zpsm0", 1), ("zpsm1", 1), ("zpsm1", 2), ("zpsm2", 1)]
        await ended(pushing)

    run(test)


def test_a_batch_may_be_broken_off(caplog: pytest.LogCaptureFixture) -> None:
    """What was not sent is asked for at once, does not count as sent, and nothing has failed."""

    async def test() -> None:
        shelf, came = Shelf(*map(message, range(3))), list[list[tuple[str, int]]]()

        async def takes_one_each(messages: Sequence[Message]) -> None:
            came.append([(each.msg_id, each.delivery_count) for each in messages])
            raise Partly(1)

        pushing = pusher(shelf, takes_one_each)
        await until(lambda: not len(shelf.queue))
        assert came == [[(f"zpsm{number}", 1) for number in range(first, 3)] for first in range(3)]
        assert (pushing.delivered, pushing.failures) == (3, 0)
        await ended(pushing)

    run(test)
    assert not caplog.records


def test_one_that_finishes_waits_for_what_it_has_sent() -> None:
    """And takes nothing more; also where it has nothing to do."""

    async def test() -> None:
        shelf, receiver = Shelf(message(0)), Receiver()
        receiver.goes_on.clear()
        pushing = pusher(shelf, receiver)
        await until(lambda: bool(receiver.came))
        shelf.queue.add(message(1))
        pushing.finish()
        receiver.goes_on.set()
        await asyncio.wait([pushing.ended])
        assert receiver.came == [[("zpsm0", 1)]]
        assert len(shelf.queue) == 1
        other = pusher(Shelf(), receiver)
        await asyncio.sleep(0)
        other.finish()
        await asyncio.wait([other.ended])

    run(test)


def test_a_message_that_never_arrives_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    """After so many attempts, alone from the second one on; what is behind it arrives, and the log says so."""

    async def test() -> None:
        shelf, came = Shelf(*map(message, range(4))), list[list[tuple[str, int]]]()

        async def fails_with_one(messages: Sequence[Message]) -> None:
            came.append([(each.msg_id, each.delivery_count) for each in messages])
            if any(each.msg_id == "zpsm1" for each in messages):
                raise ServiceTimeout("The client did not answer")

        pushing = pusher(shelf, fails_with_one)
        await until(lambda: len(shelf.queue) == 1)
        one_by_one = [[("zpsm0", 2)], *([("zpsm1", count)] for count in (2, 3, 4, 5)), [("zpsm2", 2)]]
        assert came == [[("zpsm0", 1), ("zpsm1", 1), ("zpsm2", 1)], *one_by_one, [("zpsm3", 1)]]
        (dead,) = shelf.queue.dead(0.0)
        assert (dead.message.msg_id, dead.delivery_count, dead.problem) == ("zpsm1", 5, "The client did not answer")
        assert (pushing.failures, pushing.problem) == (0, "")
        await ended(pushing)

    run(test)
    assert "zpsm1 was sent 5 times and has not arrived, it is a dead letter now: The client did not" in caplog.text


def test_a_batch_has_its_limit() -> None:
    """Of data, in the order of the messages; a larger message goes alone."""

    async def test() -> None:
        sizes = (60, 40, 1, 150, 99, 2)
        shelf, receiver = Shelf(*(message(number, b"x" * size) for number, size in enumerate(sizes))), Receiver()
        pushing = pusher(shelf, receiver)
        await until(lambda: not len(shelf.queue))
        assert [[int(msg_id[4:]) for msg_id, _ in batch] for batch in receiver.came] == [[0, 1], [2], [3], [4], [5]]
        await ended(pushing)

    run(test)
