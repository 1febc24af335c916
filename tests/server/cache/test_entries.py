"""Tests of apitest_server.cache.entries."""

from dataclasses import dataclass
from math import inf

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from apitest_server.cache.entries import Entries

KEYS = st.sampled_from("abcdef")
SIZE = 3


def filled(max_size: int = 10, extend_on_get: bool = False, extend_on_set: bool = True) -> Entries:
    """Three entries; b lives for 5 seconds from 0."""
    entries = Entries(max_size, extend_on_get, extend_on_set)
    entries.set("a", 1, 0, 0)
    entries.set("b", 2, 5, 0)
    entries.set("c", 3, 0, 0)
    return entries


def keys(entries: Entries, now: float) -> str:
    return "".join(key for key, _ in entries.items(now))


def test_what_was_not_used_for_longest_makes_room() -> None:
    """Reading counts as use, looking does not."""
    entries = filled(3)
    entries.get("a", 1)
    entries.peek("b", 1)
    entries.set("d", 4, 0, 1)
    assert keys(entries, 1) == "cad"
    assert entries.counts.evicted == 1


def test_what_is_over_its_time_makes_room_first() -> None:
    """Nothing that is alive goes as long as something is not."""
    entries = filled(3)
    entries.set("d", 4, 0, 5)
    assert keys(entries, 5) == "acd"
    assert (entries.counts.evicted, entries.counts.expired) == (0, 1)


def test_an_entry_ends_with_its_time() -> None:
    """At the moment itself it is gone, for each way of asking."""
    for ask in (Entries.get, Entries.peek, Entries.delete):
        entries = filled()
        assert ask(entries, "b", 4.999) is not None
        entries = filled()
        assert ask(entries, "b", 5) is None
    assert filled().expire("b", 1, 5) is False
    assert keys(filled(), 4.999) == "abc"
    assert keys(filled(), 5) == "ac"


def test_reading_extends_the_time_where_it_is_to() -> None:
    """The whole time again, counted from the reading; what lives for ever still does."""
    entries = filled(extend_on_get=True)
    entries.get("b", 4)
    entries.get("a", 4)
    assert keys(entries, 8.9) == "cba"
    assert keys(entries, 9) == "ca"


def test_writing_keeps_the_end_where_it_is_to() -> None:
    """Without extension on set, the new value ends when the old one would have."""
    entries = filled(extend_on_set=False)
    entries.set("b", 20, 100, 4)
    entry = entries.peek("b", 4.9)
    assert entry is not None
    assert entry.value == 20
    assert entries.peek("b", 5) is None
    entries.set("b", 21, 100, 6)
    assert entries.peek("b", 105.9) is not None


def test_a_time_can_be_given_and_taken_later() -> None:
    """0 is for ever."""
    entries = filled()
    assert entries.expire("a", 2, 1)
    assert entries.expire("b", 0, 1)
    assert keys(entries, 3) == "bc"
    assert not entries.expire("nothing", 1, 1)


def test_counts_say_what_happened() -> None:
    """Hits and misses of reads, writes, deletions; clear forgets them."""
    entries = filled()
    entries.get("a", 0)
    entries.get("z", 0)
    entries.delete("a", 0)
    entries.delete("z", 0)
    counts = entries.counts
    assert (counts.hits, counts.misses, counts.sets, counts.deletes) == (1, 1, 3, 1)
    assert entries.clear(6) == 1
    assert (entries.counts.sets, keys(entries, 0)) == (0, "")


def test_a_smaller_size_takes_effect_at_once() -> None:
    """The oldest go."""
    entries = filled()
    entries.resize(1, 0)
    assert keys(entries, 0) == "c"


@dataclass
class Expected:
    value: int
    end: float


class AgainstModel(RuleBasedStateMachine):
    """The same as a list in which the last used is last, and everything is looked at each time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.entries = Entries(SIZE)
        self.model: dict[str, Expected] = {}

    def alive(self) -> dict[str, Expected]:
        return {key: item for key, item in self.model.items() if item.end > self.now}

    @rule(seconds=st.integers(0, 5))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @rule(key=KEYS, value=st.integers(), expiry=st.integers(0, 6))
    def set(self, key: str, value: int, expiry: int) -> None:
        self.entries.set(key, value, expiry, self.now)
        self.model = self.alive()
        self.model.pop(key, None)
        self.model[key] = Expected(value, self.now + expiry if expiry else inf)
        if len(self.model) > SIZE:
            self.model.pop(next(iter(self.model)))

    @rule(key=KEYS)
    def get(self, key: str) -> None:
        entry = self.entries.get(key, self.now)
        self.model = self.alive()
        expected = self.model.pop(key, None)
        assert (entry and entry.value) == (expected and expected.value)
        if expected is not None:
            self.model[key] = expected

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        assert (self.entries.delete(key, self.now) is None) == (self.alive().get(key) is None)
        self.model.pop(key, None)

    @rule(key=KEYS, expiry=st.integers(0, 6))
    def expire(self, key: str, expiry: int) -> None:
        expected = self.alive().get(key)
        assert self.entries.expire(key, expiry, self.now) == (expected is not None)
        if expected is not None:
            expected.end = self.now + expiry if expiry else inf

    @precondition(lambda self: self.model)
    @invariant()
    def same_entries(self) -> None:
        mine = [(key, entry.value) for key, entry in self.entries.items(self.now)]
        assert mine == [(key, item.value) for key, item in self.alive().items()]


AgainstModel.TestCase.settings = settings(
    max_examples=min(40, settings.default.max_examples), stateful_step_count=25, deadline=None
)
TestAgainstModel = AgainstModel.TestCase
