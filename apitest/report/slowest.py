"""The slowest scenarios of a run, kept in little memory however many there are."""

import heapq

from apitest.events import ScenarioFinished

_MOST = 5
_LEAST = 1.0  # seconds that a scenario takes to be told of


class Slowest:
    """Takes note of the slowest scenarios."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, ScenarioFinished]] = []
        self._seen = 0

    def take(self, scenario: ScenarioFinished) -> None:
        """A scenario has ended."""
        if scenario.seconds < _LEAST:
            return
        self._seen += 1
        heapq.heappush(self._heap, (scenario.seconds, -self._seen, scenario))
        if len(self._heap) > _MOST:
            heapq.heappop(self._heap)

    def found(self) -> list[ScenarioFinished]:
        """Those that took a second or longer, five at most, the slowest first; none where there is only one."""
        found = [scenario for _, _, scenario in sorted(self._heap, reverse=True)]
        return found if len(found) > 1 else []
