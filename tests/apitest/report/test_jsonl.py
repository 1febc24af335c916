from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest import events
from apitest.errors import UsageError
from apitest.report import jsonl
from apitest.report.target import Target
from tests.apitest.report import samples

TEXT = st.text(max_size=20)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)
FRAMES = st.lists(st.builds(events.Frame, TEXT, TEXT, TEXT, st.floats(0, 99)), max_size=3).map(tuple)
EXCHANGES = st.builds(events.Exchange, TEXT, TEXT, PAIRS, TEXT, TEXT, PAIRS, TEXT, st.floats(0, 99), FRAMES)
FAILURES = st.builds(
    events.Failure, TEXT, st.integers(1, 3), TEXT, diff=st.lists(TEXT).map(tuple), exchange=st.none() | EXCHANGES
)
STEPS = st.builds(
    events.StepFinished,
    TEXT,
    TEXT,
    st.integers(1),
    TEXT,
    st.floats(0, 99),
    st.none() | FAILURES,
    st.none() | TEXT,
    st.none() | st.lists(st.lists(TEXT, max_size=3).map(tuple), max_size=3).map(tuple),
    exchanges=st.lists(EXCHANGES, max_size=2).map(tuple),
    attempts=st.lists(st.builds(events.Attempt, st.floats(0, 99), st.floats(0, 99), TEXT), max_size=2).map(tuple),
)


@given(EXCHANGES | STEPS | st.builds(events.FileFailed, TEXT, FAILURES))
def test_events_come_back_as_they_were(event: events.Event) -> None:
    """Any event, written as a line and read, is the same event of the same type."""
    line = jsonl.encode(event)
    assert "\n" not in line
    assert jsonl.decode(line) == event
    assert type(jsonl.decode(line)) is type(event)


def test_a_whole_run_comes_back_from_its_file(tmp_path: Path) -> None:
    """A file that took a run's events gives them back, in order; the first ones before it is closed."""
    path = tmp_path / "events.jsonl"
    told = samples.failing()
    with jsonl.opened(Target(path)) as file:
        for event in told:
            file(event)
        with path.open(encoding="utf-8") as lines:
            assert len(list(lines)) == len(told)
    with path.open(encoding="utf-8") as lines:
        assert list(jsonl.read(lines, str(path))) == told


@pytest.mark.parametrize("line", ["nonsense", "[]", "1", '{"type": "None"}', '{"type": "Notice"}', "{}", '{"type": 1}'])
def test_lines_that_are_no_events(line: str) -> None:
    """A line that is not an event is named by its file and number."""
    with pytest.raises(UsageError) as raised:
        list(jsonl.read(["\n", line], "run.jsonl"))
    assert raised.value.where == "run.jsonl:2"


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """A file that cannot be written is a mistake in the command."""
    with pytest.raises(UsageError, match="cannot be written: Is a directory"), jsonl.opened(Target(tmp_path)):
        pass
