"""No check is green by mistake: every probe does what it has to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apitest.steps.playing import Play
from tests.trust.probes import HOLDS, probes, wrong

_LEAST = 1_000


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """A feature without a runner."""
    made = Play(tmp_path)
    yield made
    made.close()


def test_no_probe_is_wrong(play: Play) -> None:
    """Each sentence holds, fails or is refused as its row says."""
    assert [problem for probe in probes() if (problem := wrong(play, probe))] == []


def test_there_are_enough_probes() -> None:
    """There are a thousand rows at least, and each sentence that holds has a near miss that must not."""
    every = list(probes())
    assert len(every) >= _LEAST
    holding = {probe.sentence for probe in every if probe.verdict == HOLDS}
    assert holding - {probe.sentence for probe in every if probe.verdict != HOLDS} == set()
