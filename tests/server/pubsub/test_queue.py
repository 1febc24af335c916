"""Tests of apitest_server.pubsub.queue: a queue against a list that is searched from end to end."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Queue
from tests.server.pubsub.test_message import MESSAGE


@dataclass
class Known:
    """What the model knows of a message."""

    message: Message
    count: int = 0
    is_claimed: bool = False


class Model(RuleBasedStateMachine):
    """A queue does what a list does in which the first message is searched for each time."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue()
        self.known: dict[str, Known] = {}
        self.now = 0.0
        self.number = 0

    def waiting(self) -> list[Known]:
        found = [one for one in self.known.values() if not one.is_claimed and one.message.expires_at > self.now]
        return sorted(found, key=lambda one: (-one.message.priority, one.message.number))

    @rule(priority=st.integers(1, 9), life=st.integers(1, 20))
    def add(self, priority: int, life: int) -> None:
        self.number += 1
        message = replace(
            MESSAGE, msg_id=str(self.number), number=self.number, priority=priority, expires_at=self.now + life
        )
        self.queue.add(message)
        self.queue.add(message)
        self.known[message.msg_id] = Known(message)

    @rule(limit=st.integers(0, 4))
    def claim(self, limit: int) -> None:
        first = self.waiting()[:limit]
        for one in first:
            one.is_claimed, one.count = True, one.count + 1
        claimed = [entry.given("k") for entry in self.queue.claim(limit, self.now)]
        assert [(one.msg_id, one.delivery_count) for one in claimed] == [
            (one.message.msg_id, one.count) for one in first
        ]
        assert {one.sub_key for one in claimed} <= {"k"}

    @rule(numbers=st.sets(st.integers(1, 30)))
    def confirm(self, numbers: set[int]) -> None:
        ids = [str(number) for number in sorted(numbers)]
        gone = [self.known.pop(msg_id).message for msg_id in ids if msg_id in self.known]
        assert self.queue.confirm(ids) == gone

    @rule(numbers=st.sets(st.integers(1, 30)), was_sent=st.booleans())
    def release(self, numbers: set[int], was_sent: bool) -> None:
        ids = [str(number) for number in numbers]
        for one in (self.known[msg_id] for msg_id in ids if msg_id in self.known):
            if one.is_claimed:
                one.is_claimed, one.count = False, one.count - (not was_sent)
        self.queue.release(ids, was_sent)

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
        assert [entry.message.msg_id for entry in self.queue.first(2, self.now)] == waiting[:2]
        assert self.queue.msg_ids() == list(self.known)
        assert len(self.queue) == len(self.known)
        assert self.queue.depth(self.now) == sum(one.message.expires_at > self.now for one in self.known.values())
        for msg_id, one in self.known.items():
            entry = self.queue.entry(msg_id)
            assert entry is not None
            assert (entry.delivery_count, entry.is_claimed) == (one.count, one.is_claimed)


TestQueue = Model.TestCase


def test_what_is_gone_does_not_pile_up() -> None:
    """A queue whose messages are confirmed without being given out, or given out again and again, stays small."""
    queue = Queue()
    for number in range(1000):
        queue.add(replace(MESSAGE, msg_id=str(number), number=number, expires_at=9.0))
        queue.confirm([str(number)] if number else [])
        for _ in range(2):
            queue.release([entry.message.msg_id for entry in queue.claim(1, 0.0)])
    assert len(queue._heap) < 200
    assert [entry.delivery_count for entry in queue.claim(5, 0.0)] == [2001]


def test_what_is_given_out_is_changed_in_place() -> None:
    """It is not given out once more for that, and comes in its new place if it comes again."""
    queue = Queue()
    for number in (1, 2):
        queue.add(replace(MESSAGE, msg_id=str(number), number=number))
    queue.claim(2, 0.0)
    queue.replace(replace(MESSAGE, msg_id="2", number=2, priority=9))
    queue.replace(replace(MESSAGE, msg_id="gone"))
    assert queue.claim(2, 0.0) == []
    queue.release(["1", "2"])
    assert [entry.message.msg_id for entry in queue.claim(2, 0.0)] == ["2", "1"]


def test_an_expired_message_is_not_given_out() -> None:
    """Nor is it when its time is over exactly then."""
    queue = Queue()
    queue.add(replace(MESSAGE, expires_at=5.0))
    assert queue.claim(1, 5.0) == []
    assert queue.entry("other") is None
