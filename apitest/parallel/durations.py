"""How long features and scenarios are expected to take: as long as they took last, else as long as others do."""

from collections import defaultdict
from collections.abc import Iterable

UNKNOWN = 1.0  # seconds, where nothing is known at all


class Durations:
    """What earlier runs took.

    Args:
        known: the file, the scenario's name and the seconds of each; of several for one, the last counts.
    """

    def __init__(self, known: Iterable[tuple[str, str, float]] = ()) -> None:
        self._scenarios = {(file, name): seconds for file, name, seconds in known}
        self._files: dict[str, float] = defaultdict(float)
        for (file, _), seconds in self._scenarios.items():
            self._files[file] += seconds
        total = sum(self._files.values())
        self.scenario_mean = total / len(self._scenarios) if self._scenarios else UNKNOWN
        self.file_mean = total / len(self._files) if self._files else UNKNOWN

    def of_scenario(self, file: str, name: str) -> float:
        """Seconds that a scenario is expected to take."""
        return self._scenarios.get((file, name), self.scenario_mean)

    def of_file(self, file: str) -> float:
        """Seconds that a whole file is expected to take."""
        return self._files.get(file, self.file_mean)
