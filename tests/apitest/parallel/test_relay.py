"""The order of results: scenarios in one piece, features together, nothing held back for long."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apitest.events import FeatureFinished, FeatureStarted, ScenarioFinished, ScenarioStarted
from apitest.parallel.relay import Relay

STEPS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["scenario", "end"]), st.floats(0, 2)), max_size=40)


def block(uri: str, number: int) -> list[Any]:
    """The events of a scenario."""
    return [
        ScenarioStarted(uri, number, f"s{number}", ()),
        ScenarioFinished(uri, number, f"s{number}", "passed", 0, None),
    ]


def end(uri: str) -> FeatureFinished:
    """The end of a feature."""
    return FeatureFinished(uri, uri, "passed", 0, None)


def scenarios(told: list[Any]) -> Iterator[tuple[str, int]]:
    """The scenarios, in order; each is below the heading of its feature, and in one piece."""
    heading, open_line = "", 0
    for event in told:
        if isinstance(event, FeatureStarted):
            assert not open_line
            heading = event.uri
        elif isinstance(event, ScenarioStarted):
            assert event.uri == heading
            open_line = event.line
        elif isinstance(event, ScenarioFinished):
            assert (event.uri, event.line) == (heading, open_line)
            open_line = 0
            yield event.uri, event.line


@given(STEPS)
def test_nothing_is_lost_or_torn_apart(steps: list[tuple[str, str, float]]) -> None:
    """Whatever workers tell in whatever order, each scenario is told once, below its feature, whose end comes last."""
    told: list[Any] = []
    relay, now, expected, ended = Relay(told.append), 0.0, [], set()
    for number, (uri, what, seconds) in enumerate(steps, 1):
        now += seconds
        relay.tick(now)
        if uri in ended:
            continue
        relay.heading(FeatureStarted(uri, 1, uri, ()))
        if what == "end":
            relay.finish(uri, end(uri))
            ended.add(uri)
            after = told.index(end(uri))
            assert not [event for event in told[after:] if getattr(event, "uri", "") == uri and event != end(uri)]
        else:
            relay.add(uri, block(uri, number), now)
            expected.append((uri, number))
    relay.flush()
    assert sorted(scenarios(told)) == sorted(expected)
    ends = [event.uri for event in told if isinstance(event, FeatureFinished)]
    assert len(ends) == len(set(ends))


def test_one_feature_is_shown_as_it_goes_on() -> None:
    """The first feature's scenarios are told at once, another's when it is over, below a heading of its own."""
    told: list[Any] = []
    relay = Relay(told.append)
    for uri in "ab":
        relay.heading(FeatureStarted(uri, 1, uri, ()))
    relay.add("a", block("a", 1), 0.0)
    relay.add("b", block("b", 2), 0.1)
    relay.add("a", block("a", 3), 0.2)
    assert list(scenarios(told)) == [("a", 1), ("a", 3)]
    relay.finish("b", end("b"))
    relay.add("a", block("a", 4), 0.3)
    relay.finish("a", end("a"))
    assert list(scenarios(told)) == [("a", 1), ("a", 3), ("b", 2), ("a", 4)]
    assert [event.uri for event in told if isinstance(event, FeatureStarted)] == ["a", "b", "a"]


def test_nobody_waits_for_long() -> None:
    """Results of a feature that is not shown are told after a second, though neither is over."""
    told: list[Any] = []
    relay = Relay(told.append)
    relay.heading(FeatureStarted("a", 1, "a", ()))
    relay.heading(FeatureStarted("b", 1, "b", ()))
    relay.add("a", block("a", 1), 0.0)
    relay.add("b", block("b", 2), 0.1)
    relay.tick(1.0)
    assert list(scenarios(told)) == [("a", 1)]
    relay.tick(1.2)
    assert list(scenarios(told)) == [("a", 1), ("b", 2)]


def test_a_feature_with_nothing_to_tell() -> None:
    """A feature without scenarios that ran leaves no trace."""
    told: list[Any] = []
    Relay(told.append).finish("a", None)
    assert told == []


def test_what_waits_is_told_at_the_end() -> None:
    """One feature after the other, below its heading; one without a heading is told without."""
    told: list[Any] = []
    relay = Relay(told.append)
    for uri in "ab":
        relay.heading(FeatureStarted(uri, 1, uri, ()))
    for number, uri in enumerate("abc", 1):
        relay.add(uri, block(uri, number), 0.0)
    relay.flush()
    assert [event.uri for event in told if isinstance(event, FeatureStarted)] == ["a", "b"]
    assert [event.uri for event in told if isinstance(event, ScenarioStarted)] == ["a", "b", "c"]
