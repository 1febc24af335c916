"""Looks through the feature files before a run that is divided: what there is to run, and what keeps it apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from apitest.errors import ApitestError
from apitest.parallel.durations import Durations
from apitest.parallel.units import Keep, Unit, joined, keep_of
from apitest.runner import parsing
from apitest.runner.model import Config, Feature, Place, Scenario
from apitest.runner.tasks import Task, lines

_KEEPS = (b"@serial", b"@lock(")


class Wishes(NamedTuple):
    """How a run is divided.

    Attributes:
        by_scenario: scenarios are handed out one by one, and not features.
        thorough: each file is looked into; without it, only those that may have scenarios which are kept apart.
        seed: of a random order; None for the order of the files.
        first: the files that come ahead of the others.
    """

    by_scenario: bool = False
    thorough: bool = False
    seed: int | None = None
    first: frozenset[str] = frozenset()


class Survey:
    """What there is to run.

    Args:
        places: what the command line asks for.
        config: behave's, with the tags and names that are asked for.
        wishes: how the run is divided.
        name: a file's name, wherever the run starts: what units and durations call it.
        durations: what earlier runs took.

    Attributes:
        units: what can be handed out, in the order of the files.
        chosen: whether a scenario is chosen; None where that is not known.
    """

    def __init__(
        self,
        places: Iterable[Place],
        config: Config,
        wishes: Wishes,
        name: Callable[[str], str],
        durations: Durations,
    ) -> None:
        self._config = config
        self._wishes = wishes
        self._durations = durations
        self._reader = parsing.Reader(config.lang, lambda text: False, lambda text: None)
        self._places: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            self._places[name(place.filename)].append(place)
        self._left_out: dict[str, tuple[int, int]] = {}
        self.chosen: bool | None = False if self._looks_into_all else None
        self.units: list[Unit] = []
        for file in self._places:
            self._add(file)

    @property
    def _looks_into_all(self) -> bool:
        return self._wishes.by_scenario or self._wishes.thorough

    def _add(self, file: str) -> None:
        feature = self._feature(file)
        if feature is None:
            self._append(file, seconds=self._durations.of_file(file))
            return
        scenarios = [each for each in feature.walk_scenarios() if self._runs(each)]
        self.chosen = bool(scenarios) or self.chosen
        known = {each.line: self._durations.of_scenario(file, each.name.rstrip()) for each in scenarios}
        if not self._wishes.by_scenario or not scenarios:
            keep = joined(keep_of(map(str, each.effective_tags)) for each in scenarios)
            self._append(file, seconds=sum(known.values()), keep=keep)
            return
        left_out = [each for each in feature.walk_scenarios() if each.line not in known]
        self._left_out[file] = len(left_out), sum(1 for each in left_out for _ in each.all_steps)
        for each in scenarios:
            self._append(file, each.line, each.name.rstrip(), known[each.line], keep_of(map(str, each.effective_tags)))

    def _append(self, file: str, line: int = 0, name: str = "", seconds: float = 0.0, keep: Keep = Keep()) -> None:  # noqa: B008 - never changed
        urgent = file in self._wishes.first
        self.units.append(Unit(file, len(self.units), line, name, seconds, keep, urgent))

    def _runs(self, scenario: Scenario) -> bool:
        config = self._config
        return scenario.should_run(config) and (not config.name or scenario.should_run_with_name_select(config))

    def _feature(self, file: str) -> Feature | None:
        """The feature, if it is looked into and can be read; whoever runs it tells what is wrong with it."""
        path = self._places[file][0].filename
        with suppress(ApitestError, OSError):
            if self._looks_into_all or any(mark in Path(path).read_bytes() for mark in _KEEPS):
                feature = parsing.parse(path, self._config.lang)
                return feature and parsing.selected(feature, self._places[file], 0, self._reader)
        return None

    def task(self, units: Iterable[Unit]) -> Task:
        """What a worker, or the run itself, is to do for units of one file."""
        units = list(units)
        file = units[0].file
        path = self._places[file][0].filename
        asked = lines([place.line for place in self._places[file]])
        seed = self._wishes.seed if self._wishes.by_scenario else None
        if not units[0].line:
            return Task(path, asked, seed=seed)
        left_out = self._left_out.pop(file, (0, 0))
        return Task(path, asked, frozenset(unit.line for unit in units), left_out=left_out, seed=seed, partial=True)
