"""PURE: what the scenarios of a run came to, reckoned from its events where the one that says so is missing."""

from collections import Counter

from apitest import events
from apitest.events import Event
from apitest.parallel.tally import state_of


class Reckoning:
    """Takes the events of a run in their order.

    Attributes:
        ended: the scenarios that ended, by the files of their features; tries that were not the last do not count.
    """

    def __init__(self) -> None:
        self.ended: dict[str, list[events.ScenarioFinished]] = {}
        self._steps: Counter[str] = Counter()
        self._of_scenario: Counter[str] = Counter()

    def take(self, event: Event) -> None:
        """Counts what counts."""
        if isinstance(event, events.ScenarioStarted):
            self._of_scenario = Counter()
        elif isinstance(event, events.StepFinished):
            self._of_scenario[event.status] += 1
        elif isinstance(event, events.ScenarioFinished) and not event.tried_again:
            self.ended.setdefault(event.uri, []).append(event)
            self._steps += self._of_scenario

    def feature(self, uri: str, name: str) -> events.FeatureFinished:
        """The end of a feature, as far as it had come; a hook or a clean-up after it is not known of."""
        ended = self.ended.get(uri, [])
        status = state_of(each.status for each in ended)
        return events.FeatureFinished(uri, name, status, sum(each.seconds for each in ended), None)

    def run(self, states: Counter[str]) -> events.RunFinished:
        """The end of the run, as far as it had come.

        Args:
            states: what its features came to.
        """
        ended = [scenario for each in self.ended.values() for scenario in each]
        counts = {
            "features": dict(states),
            "scenarios": dict(Counter(each.status for each in ended)),
            "steps": dict(self._steps),
        }
        return events.RunFinished(
            counts,
            sum(each.seconds for each in ended),
            2,
            "",
            sum(not each.checked for each in ended),
            sum(bool(each.cause) for each in ended),
            sum(each.is_flaky for each in ended),
        )
