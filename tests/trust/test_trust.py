"""No check is green by mistake: every probe does what it has to."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from apitest.language.grid import Cell
from apitest.language.registry import REGISTRY
from apitest.steps.predicates.all import ENDINGS
from apitest.steps.subjects.all import SUBJECTS
from apitest.steps.subjects.subject import Kind
from tests.apitest.steps.playing import Play
from tests.trust import counting
from tests.trust.cases import CASES
from tests.trust.probes import HOLDS, VIEWS, of_checks, probes, wrong

_LEAST = 1_000

# What a probe cannot give any value it likes: an answer of a server or a database, a checksum, a count, a code.
_NOT_PROBED = {
    "bytes of a message",
    "checksum",
    "close code",
    "close reason",
    "depth of a topic",
    "header of a handshake",
    "messages of a WebSocket",
    "number of messages",
    "number of messages of publish/subscribe",
    "number of subscribers",
    "query",
    "queue depth",
    "side that closed a WebSocket",
    "subprotocol",
    "subscribers of a topic",
    "type of a message",
}

# What stands in a file or a doc string here stands in quotes in a predicate that is probed.
_PROBED_IN_QUOTES = {
    'contains data from "{value}"',
    "is JSON",
    'is JSON equal to that from "{value}"',
    "matches JSON",
}


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """A feature without a runner."""
    made = Play(tmp_path)
    yield made
    made.close()


def test_one_of_each_kind_is_right(play: Play) -> None:
    """Of each sentence as it is, without words ahead, one probe of each verdict does what it has to."""
    chosen = {(probe.sentence, probe.verdict): probe for probe in of_checks()}
    assert [problem for probe in chosen.values() if (problem := wrong(play, probe))] == []


@pytest.mark.long(reason="there are tens of thousands of them")
def test_no_probe_is_wrong(play: Play, request: pytest.FixtureRequest) -> None:
    """Each sentence holds, fails or is refused as its row says."""
    every = list(probes())
    found = [problem for probe in every if (problem := wrong(play, probe))]
    counting.count(request.node, len(every), found)
    assert found == []


def test_the_numbers_of_a_run() -> None:
    """Each test's numbers are added up once, whichever process it ran in."""
    properties = [("probes made", 5), ("probes that were wrong", 1), ("another", 9)]
    reports = [SimpleNamespace(when=when, user_properties=properties) for when in ("setup", "call", "call", "teardown")]
    assert counting.totals(cast(list[pytest.TestReport], reports)) == (10, 2)


def test_there_are_enough_probes() -> None:
    """There are a thousand rows at least, and each sentence that holds has a near miss that must not."""
    every = list(probes())
    assert len(every) >= _LEAST
    holding = {probe.sentence for probe in every if probe.verdict == HOLDS}
    assert holding - {probe.sentence for probe in every if probe.verdict != HOLDS} == set()


def test_each_subject_is_probed() -> None:
    """There is a view of each subject; those that cannot have one are named here."""
    wordings = {subject.name: [_pattern(wording) for wording in subject.wordings] for subject in SUBJECTS}
    probed = {name for name, patterns in wordings.items() if any(map(_is_viewed, patterns))}
    assert set(wordings) - probed == _NOT_PROBED


def test_each_predicate_is_probed() -> None:
    """It has a row of values that it holds for and near misses, but for those of rows and of what is not there."""
    said = [found.sentence for case in CASES if (found := REGISTRY.find("then", f'JSONPath "$" {case.said}'))]
    probed = {sentence.ending.wordings[0] for sentence in said if isinstance(sentence, Cell)}
    known = {ending.wordings[0] for ending in ENDINGS.all if ending.kind not in (Kind.ROWS, Kind.ABSENCE)}
    assert known - probed == _PROBED_IN_QUOTES


def _pattern(wording: str) -> str:
    return re.sub(r"\\{\w+\\}", '[^"]*', re.escape(wording.partition(" {}")[0]))


def _is_viewed(pattern: str) -> bool:
    return any(re.fullmatch(pattern, view.named) for view in VIEWS)
