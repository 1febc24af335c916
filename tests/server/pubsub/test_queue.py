"""Tests of apitest_server.pubsub.queue: a queue against a list that is searched from end to end."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Basket, Portion, Queue
from tests.server.pubsub.test_message import MESSAGE


@dataclass
class Known:
    """What the model knows of a message."""

    message: Message
    count: int = 0
    is_claimed: bool = False
    before: int = 0
    due: float = 0.0
    dead_since: float | None = None

    @property
    def attempts(self) -> int:
        """Those that count."""
        return self.count - self.before

    @property
    def waits(self) -> bool:
        """Whether it may be given out."""
        return not self.is_claimed and self.dead_since is None


ATTEMPTS = 3


class Model(RuleBasedStateMachine):
    """A queue does what a list does in which the first message is searched for each time."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()
        self.known: dict[str, Known] = {}
        self.now = 0.0
        self.number = 0

    def waiting(self) -> list[Known]:
        found = [one for one in self.known.values() if one.waits and one.message.expires_at > self.now]
        return sorted(found, key=lambda one: (-one.message.priority, one.message.number))

    @rule(priority=st.integers(1, 9), life=st.integers(1, 20), size=st.integers(1, 9))
    def add(self, priority: int, life: int, size: int) -> None:
        self.number += 1
        fields = {"priority": priority, "expires_at": self.now + life, "content": b"1" * size}
        message = replace(MESSAGE, msg_id=str(self.number), number=self.number, **fields)
        self.queue.add(message)
        self.queue.add(message)
        self.known[message.msg_id] = Known(message)

    @rule(limit=st.integers(0, 4), most_bytes=st.integers(1, 20))
    def pull(self, limit: int, most_bytes: int) -> None:
        first: list[Known] = []
        for one in self.waiting()[:limit]:
            if first and sum(len(each.message.content) for each in [*first, one]) > most_bytes:
                break
            first.append(one)
        self.claimed(first, Portion(limit, most_bytes))

    @rule(limit=st.integers(1, 4), attempts=st.sampled_from([0, ATTEMPTS]))
    def push(self, limit: int, attempts: int) -> None:
        first: list[Known] = []
        for one in self.waiting():
            if attempts and one.attempts >= attempts:
                one.dead_since = self.now
            elif one.due <= self.now:
                if len(first) == limit or (first and one.attempts):
                    break
                first.append(one)
                if one.attempts:
                    break
        portion = Portion(limit, 1000, True, attempts)
        assert [entry.message.msg_id for entry in self.queue.first(portion, self.now)][: len(first)] == [
            one.message.msg_id for one in first
        ]
        self.claimed(first, portion)

    def claimed(self, first: list[Known], portion: Portion) -> None:
        for one in first:
            one.is_claimed, one.count = True, one.count + 1
        claimed = [entry.given("k") for entry in self.queue.claim(portion, self.now)]
        assert [(one.msg_id, one.delivery_count) for one in claimed] == [
            (one.message.msg_id, one.count) for one in first
        ]
        assert {one.sub_key for one in claimed} <= {"k"}

    @rule(numbers=st.sets(st.integers(1, 30)))
    def confirm(self, numbers: set[int]) -> None:
        ids = [str(number) for number in sorted(numbers)]
        gone = [self.known.pop(msg_id).message for msg_id in ids if msg_id in self.known]
        assert self.queue.confirm(ids) == gone

    @rule(numbers=st.sets(st.integers(1, 30)), was_sent=st.booleans(), wait=st.integers(0, 3))
    def release(self, numbers: set[int], was_sent: bool, wait: int) -> None:
        ids = [str(number) for number in numbers]
        for one in (self.known[msg_id] for msg_id in ids if msg_id in self.known):
            if one.is_claimed:
                one.is_claimed, one.count = False, one.count - (not was_sent)
                one.due = self.now + wait
        self.queue.release(ids, was_sent, due=self.now + wait)

    @rule(numbers=st.sets(st.integers(1, 30)))
    def bury(self, numbers: set[int]) -> None:
        ids = [str(number) for number in sorted(numbers)]
        spent = [msg_id for msg_id in ids if msg_id in self.known and self.known[msg_id].waits]
        spent = [msg_id for msg_id in spent if self.known[msg_id].attempts >= ATTEMPTS]
        for msg_id in spent:
            self.known[msg_id].dead_since = self.now
        assert self.queue.bury(ids, ATTEMPTS, self.now) == spent

    @rule(numbers=st.sets(st.integers(1, 30)))
    def retry(self, numbers: set[int]) -> None:
        ids = [str(number) for number in sorted(numbers)]
        dead = [msg_id for msg_id in ids if msg_id in self.known and self.known[msg_id].dead_since is not None]
        for one in (self.known[msg_id] for msg_id in dead):
            one.dead_since, one.before = None, one.count
        assert self.queue.retry(ids) == dead

    @rule(number=st.integers(1, 30), priority=st.integers(1, 9))
    def change(self, number: int, priority: int) -> None:
        one = self.known.get(str(number))
        message = replace(one.message if one else MESSAGE, priority=priority)
        if one:
            one.message = message
        self.queue.replace(message)

    @rule(seconds=st.integers(1, 5))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @invariant()
    def they_agree(self) -> None:
        waiting = [one.message.msg_id for one in self.waiting()]
        assert [entry.message.msg_id for entry in self.queue.in_order(self.now)] == waiting
        assert [entry.message.msg_id for entry in self.queue.first(Portion(2, 1000), self.now)] == waiting[:2]
        assert self.queue.msg_ids() == list(self.known)
        assert len(self.queue) == len(self.known)
        living = [one for one in self.known.values() if one.message.expires_at > self.now]
        dead = {one.message.msg_id for one in living if one.dead_since is not None}
        assert self.queue.depth(self.now) == len(living) - len(dead)
        assert {entry.message.msg_id for entry in self.queue.dead(self.now)} == dead
        for msg_id, one in self.known.items():
            entry = self.queue.entry(msg_id)
            assert entry is not None
            assert (entry.delivery_count, entry.is_claimed) == (one.count, one.is_claimed)
            assert (entry.attempts, entry.dead_since) == (one.attempts, one.dead_since)


TestQueue = Model.TestCase


def test_what_is_gone_does_not_pile_up() -> None:
    """A queue whose messages are confirmed without being given out, or given out again and again, stays small."""
    queue = Queue()
    for number in range(1000):
        queue.add(replace(MESSAGE, msg_id=str(number), number=number, expires_at=9.0))
        queue.confirm([str(number)] if number else [])
        for _ in range(2):
            queue.release([entry.message.msg_id for entry in queue.claim(Portion(1, 1000), 0.0)])
    assert len(queue._heap) < 200
    assert [entry.delivery_count for entry in queue.claim(Portion(5, 1000), 0.0)] == [2001]


def test_what_is_given_out_is_changed_in_place() -> None:
    """It is not given out once more for that, and comes in its new place if it comes again."""
    queue = Queue()
    for number in (1, 2):
        queue.add(replace(MESSAGE, msg_id=str(number), number=number))
    queue.claim(Portion(2, 1000), 0.0)
    queue.replace(replace(MESSAGE, msg_id="2", number=2, priority=9))
    queue.replace(replace(MESSAGE, msg_id="gone"))
    assert queue.claim(Portion(2, 1000), 0.0) == []
    queue.release(["1", "2"])
    assert [entry.message.msg_id for entry in queue.claim(Portion(2, 1000), 0.0)] == ["2", "1"]


def test_an_expired_message_is_not_given_out() -> None:
    """Nor is it when its time is over exactly then."""
    queue = Queue()
    queue.add(replace(MESSAGE, expires_at=5.0))
    assert queue.claim(Portion(1, 1000), 5.0) == []
    assert queue.entry("other") is None


@given(st.lists(st.tuples(st.integers(1, 150), st.booleans()), max_size=12), st.booleans())
def test_a_basket_takes_what_fits(given_out: list[tuple[int, bool]], is_pushed: bool) -> None:
    """The first one however large it is; when messages are pushed, one that was sent before alone."""
    basket, taken = Basket(Portion(5, 100, is_pushed)), list[tuple[int, bool]]()
    for size, was_sent in given_out:
        if not basket.takes(size, was_sent):
            break
        taken.append((size, was_sent))
    assert taken == given_out[: len(taken)]
    assert len(taken) == 1 or sum(size for size, _ in taken) <= 100
    assert len(taken) == 1 or not (is_pushed and any(was_sent for _, was_sent in taken))
    left = given_out[len(taken) :]
    alone = is_pushed and any(was_sent for _, was_sent in [*taken, *left[:1]])
    assert not left or len(taken) == 5 or alone or sum(size for size, _ in [*taken, left[0]]) > 100
    assert not basket.takes(1, False) or not left


def _queue(*contents: bytes) -> Queue:
    queue = Queue()
    for number, content in enumerate(contents, 1):
        queue.add(replace(MESSAGE, msg_id=str(number), number=number, content=content, expires_at=1000.0))
    return queue


def _ids(queue: Queue, portion: Portion, now: float = 0.0) -> list[str]:
    return [entry.message.msg_id for entry in queue.claim(portion, now)]


def test_what_does_not_fit_stays_first() -> None:
    """It is given out next."""
    queue = _queue(b"123", b"456", b"7")
    assert _ids(queue, Portion(9, 4)) == ["1"]
    assert _ids(queue, Portion(9, 4)) == ["2", "3"]


def test_what_is_held_back_is_passed_over() -> None:
    """A message that was pushed in vain waits until it is due, and those behind it do not."""
    queue, pushed = _queue(b"1", b"2"), Portion(1, 9, True, ATTEMPTS)
    assert _ids(queue, pushed) == ["1"]
    queue.release(["1"], True, due=5.0)
    assert _ids(queue, pushed, 1.0) == ["2"]
    assert _ids(queue, pushed, 5.0) == ["1"]


def test_dead_letters_and_their_second_life() -> None:
    """After so many attempts a message is not pushed any more, unless it is tried again with as many."""
    queue, pushed = _queue(b"1"), Portion(1, 9, True, ATTEMPTS)
    for _ in range(ATTEMPTS):
        assert _ids(queue, pushed) == ["1"]
        queue.release(["1"], True)
    assert _ids(queue, pushed) == []
    assert queue.retry(["1", "gone"]) == ["1"]
    assert queue.retry(["1"]) == []
    for _ in range(ATTEMPTS):
        assert _ids(queue, pushed) == ["1"]
        queue.release(["1"], True)
    assert queue.bury(["1", "gone"], ATTEMPTS + 1, 1.0) == []
    assert queue.bury(["1", "gone"], ATTEMPTS, 1.0) == ["1"]
    assert queue.bury(["1"], ATTEMPTS, 1.0) == []


def test_a_changed_message_has_its_new_place() -> None:
    """Unless it is being delivered; one that is not there changes nothing."""
    queue = _queue(b"1", b"2")
    queue.replace(replace(MESSAGE, msg_id="2", number=2, priority=9, expires_at=1000.0))
    assert _ids(queue, Portion(1, 9)) == ["2"]
    queue.replace(replace(MESSAGE, msg_id="2", number=2, priority=1, expires_at=1000.0))
    queue.replace(replace(MESSAGE, msg_id="gone"))
    assert _ids(queue, Portion(9, 9)) == ["1"]
