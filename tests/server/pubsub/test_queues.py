"""Tests of apitest_server.pubsub.queues."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from apitest_server.odb import ODB
from apitest_server.pubsub.jobs import Claim
from tests.server.pubsub.place import Place

CLIENT = st.sampled_from(["x", "y"])


def test_the_odb_is_looked_at_only_if_there_may_be_something(place: Place) -> None:
    """By who pushes; a pull always looks."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    looked: list[object] = []
    submit = place.broker._writer.submit

    def counting(job: object) -> object:
        looked.extend([job] if isinstance(job, Claim) else [])
        return submit(job)  # type: ignore[arg-type]

    place.broker._writer.submit = counting  # type: ignore[method-assign,assignment]
    for is_pushed in (True, True, True, False):
        assert place.run(place.broker.claim(sub_key, is_pushed=is_pushed)) == []
    assert len(looked) == 2
    place.publish("/a", 1, has_gd=True)
    (one,) = place.run(place.broker.claim(sub_key, is_pushed=True))
    place.run(place.broker.release(sub_key, [one.msg_id]))
    assert place.run(place.broker.claim(sub_key, is_pushed=True))
    assert len(looked) == 4


def test_what_did_not_fit_is_looked_for_in_the_odb_again(place: Place) -> None:
    """A portion that was full of messages in memory tells nothing of those in the ODB, which are pushed next."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", "later", has_gd=True, priority=1)
    place.publish("/a", "first", has_gd=False, priority=9)
    (first,) = place.run(place.broker.claim(sub_key, 1, is_pushed=True))
    (later,) = place.run(place.broker.claim(sub_key, 1, is_pushed=True))
    assert (first.data, later.data) == ("first", "later")


@dataclass
class Known:
    """What the model knows of a message in a queue."""

    key: int
    priority: int
    has_gd: bool
    expires_at: float
    count: int = 0
    is_claimed: bool = False


class Model(RuleBasedStateMachine):
    """Queues in the ODB and in memory, given out as one, do what lists do that are searched from end to end."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        self.odb = ODB("", Path(self.directory.name))
        self.odb.load()
        self.now = 0.0
        self.begun, self.instants = time(), count()
        self.kept: list[Known] = []
        self.queues: dict[str, list[Known]] = {}
        self.ids: dict[int, str] = {}
        self.start()

    def start(self) -> None:
        self.place = Place(self.odb, time=self.time).__enter__()
        self.place.topic("/a")

    def time(self) -> float:
        """The model's, and later each time: messages must not expire because the machine is slow."""
        return self.begun + self.now + next(self.instants) / 10_000

    def teardown(self) -> None:
        self.place.__exit__(None, None, None)
        self.odb.close()
        self.directory.cleanup()

    def sub_key(self, client: str) -> str:
        found = self.place.broker.find(self.place.rest, "/a", client)
        assert found is not None
        return found.sub_key

    def waiting(self, client: str) -> list[Known]:
        free = [one for one in self.queues[client] if not one.is_claimed and one.expires_at > self.now]
        return sorted(free, key=lambda one: (-one.priority, one.key))

    def portion(self, client: str, limit: int, is_pushed: bool) -> list[Known]:
        """The first that wait; what was sent before and has not arrived is pushed alone."""
        first = self.waiting(client)[:limit]
        sent = [place for place, one in enumerate(first) if one.count and is_pushed]
        return first[: max(1, sent[0])] if sent else first

    @rule(priority=st.sampled_from([1, 5, 9]), has_gd=st.booleans(), life=st.sampled_from([50, 1000]))
    def publish(self, priority: int, has_gd: bool, life: int) -> None:
        key = len(self.ids)
        fields = {"priority": priority, "has_gd": has_gd, "expiration": 1000 * life}
        (self.ids[key],) = self.place.publish("/a", key, **fields)
        for queue in self.queues.values() or [self.kept]:
            queue.append(Known(key, priority, has_gd, self.now + life))

    @rule(client=CLIENT)
    def subscribe(self, client: str) -> None:
        made = self.place.run(self.place.broker.subscribe(self.place.rest, "/a", client_id=client))
        assert made.is_new == (client not in self.queues)
        if made.is_new:
            self.queues[client], self.kept = self.kept, []
        assert made.queue_depth == sum(one.expires_at > self.now for one in self.queues[client])

    @rule(client=CLIENT)
    def unsubscribe(self, client: str) -> None:
        if client in self.queues:
            assert self.place.run(self.place.broker.unsubscribe(self.sub_key(client))) == 1
            del self.queues[client]

    @rule(client=CLIENT, limit=st.integers(1, 4), is_pushed=st.booleans())
    def claim(self, client: str, limit: int, is_pushed: bool) -> None:
        if client not in self.queues:
            return
        first = self.portion(client, limit, is_pushed)
        for one in first:
            one.is_claimed, one.count = True, one.count + 1
        got = self.place.run(self.place.broker.claim(self.sub_key(client), limit, is_pushed=is_pushed))
        assert [(one.data, one.delivery_count) for one in got] == [(one.key, one.count) for one in first]

    @rule(client=CLIENT, keys=st.sets(st.integers(0, 20)))
    def confirm(self, client: str, keys: set[int]) -> None:
        if client not in self.queues:
            return
        given = [one for one in self.queues[client] if one.key in keys and one.is_claimed]
        self.place.run(self.place.broker.confirm(self.sub_key(client), [self.ids[one.key] for one in given]))
        self.queues[client] = [one for one in self.queues[client] if one not in given]

    @rule(client=CLIENT, keys=st.sets(st.integers(0, 20)), was_sent=st.booleans())
    def release(self, client: str, keys: set[int], was_sent: bool) -> None:
        if client not in self.queues:
            return
        given = [one for one in self.queues[client] if one.key in keys and one.is_claimed]
        ids = [self.ids[one.key] for one in given]
        self.place.run(self.place.broker.release(self.sub_key(client), ids, was_sent))
        for one in given:
            one.is_claimed, one.count = False, one.count - (not was_sent)

    @rule()
    def wait(self) -> None:
        self.now += 30

    @rule()
    def restart(self) -> None:
        """What was in memory is gone; what was being delivered is delivered again."""
        self.place.__exit__(None, None, None)
        self.start()
        self.kept = [one for one in self.kept if one.has_gd]
        for client, queue in self.queues.items():
            self.queues[client] = [one for one in queue if one.has_gd]
            for one in queue:
                one.is_claimed = False
        self.place.run(self.place.broker.ready())


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=min(8, settings.default.max_examples), stateful_step_count=25)
