"""What workers have told: their results in an order for the reports, the totals, and what each of them is running."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from apitest import events
from apitest.events import Event, Failure, Listener
from apitest.parallel.reached import PlannedStep, Reached
from apitest.parallel.relay import Relay
from apitest.parallel.tally import Tally, added, state_of, total
from apitest.parallel.units import Unit
from apitest.progress import Progress

_PROGRESS = 0.1  # seconds between two looks at how far the run is


class Running(NamedTuple):
    """A scenario that a worker runs, and since when."""

    scenario: events.ScenarioStarted
    since: float


class _Desk:
    """What one worker has told since it was given its units."""

    def __init__(self) -> None:
        self.units: Sequence[Unit] = ()
        self.clear()

    def clear(self) -> None:
        self.uri = ""
        self.block: list[Event] = []
        self.reached: Reached | None = None  # of the scenario that runs, where its worker has died
        self.last: events.Exchange | None = None  # before the step that runs then
        self.exchanges: list[events.Exchange] = []  # of that step
        self.running: Running | None = None
        self.lines: set[int] = set()
        self.counts: dict[str, Counter[str]] = {"scenarios": Counter(), "steps": Counter()}
        self.statuses: set[int] = set()
        self.unchecked = self.consequences = self.flaky = 0

    def tally(self, *, failed: bool) -> Tally:
        """What the scenarios that are over came to."""
        return Tally(self.counts, tuple(self.statuses), self.unchecked, self.consequences, self.flaky, failed)


class Book:
    """Takes what workers tell.

    Args:
        emit: is told of each event, in the order that `Relay` makes.
        units: all that is handed out.
    """

    def __init__(self, emit: Listener, units: Iterable[Unit]) -> None:
        self._emit = emit
        self._relay = Relay(emit)
        self._left = Counter(unit.file for unit in units)
        self._states: dict[str, list[str]] = defaultdict(list)
        self._ends: dict[str, events.FeatureFinished] = {}
        self._desks: dict[int, _Desk] = defaultdict(_Desk)
        self._tallies: list[Tally] = []
        self._told: set[Event] = set()
        self._rules: set[tuple[str, int]] = set()  # that failed
        self._units_left = self._left.total()
        self._progress_at = 0.0
        self.finished = self.failed = 0

    @property
    def running(self) -> dict[int, Running]:
        """What runs, by the number of the worker."""
        return {number: desk.running for number, desk in sorted(self._desks.items()) if desk.running}

    def hand_out(self, worker: int, units: Sequence[Unit]) -> None:
        """A worker was given units, all of one file."""
        self._desks[worker].units = units

    # ------------------------------------------------------------------ what workers tell

    def take(self, worker: int, event: Event, now: float) -> None:
        """A worker tells of an event."""
        desk = self._desks[worker]
        if type(event) is events.StepFinished and desk.block:  # most are
            desk.block.append(event)
        elif isinstance(event, events.ScenarioStarted):
            event = event._replace(worker=worker)
            desk.uri, desk.block, desk.running = event.uri, [event], Running(event, now)
        elif isinstance(event, events.ScenarioFinished):
            self._end_scenario(desk, event, now)
        elif isinstance(event, events.FeatureStarted):
            desk.uri = event.uri
            self._relay.heading(event)
        elif isinstance(event, events.FeatureFinished):
            self._end_part(desk, event)
        elif isinstance(event, events.RuleFailed):
            if (event.uri, event.line) not in self._rules:  # each worker that has a part of it finds the same
                self._rules.add((event.uri, event.line))
                self._relay.add(event.uri, [event], now)
        elif desk.block:
            desk.block.append(event)
        elif not isinstance(event, events.Notice | events.FileFailed):
            self._emit(event)
        elif event not in self._told:  # each worker finds the same wrong with a file, or with environment.py
            self._told.add(event)
            self._emit(event)

    def exchanged(self, worker: int, exchange: events.Exchange, *, before: bool = False) -> None:
        """The step at which a worker has died had sent this, and received what is in it; or that was before it."""
        desk = self._desks[worker]
        if before:
            desk.last = exchange
        else:
            desk.exchanges.append(exchange)

    def reached(self, worker: int, reached: Reached) -> None:
        """A worker has died, and this is how far it came with the scenario that it ran, if it did run one."""
        self._desks[worker].reached = reached

    def _end_scenario(self, desk: _Desk, event: events.ScenarioFinished, now: float) -> None:
        block, desk.block, desk.running = desk.block, [], None
        self._relay.add(event.uri, [*block, event], now)
        if event.tried_again:
            return
        self.finished += 1
        desk.lines.add(event.line)
        desk.counts["scenarios"][event.status] += 1
        steps = [step for step in block if isinstance(step, events.StepFinished)]
        desk.counts["steps"].update(step.status for step in steps)
        desk.counts["steps"][events.PASSED] += max(event.steps - len(steps), 0)  # of which nobody wanted to know
        failures = (event.failure, *(step.failure for step in steps))
        desk.statuses.update(failure.exit_status for failure in failures if failure)
        desk.unchecked += not event.checked
        desk.consequences += bool(event.cause)
        desk.flaky += event.is_flaky
        self.failed += event.status not in events.SOUND

    def _end_part(self, desk: _Desk, event: events.FeatureFinished) -> None:
        """A worker has run its part of a feature; what the parts make together is told after the last one."""
        if not desk.units:
            return
        before = self._ends.get(desk.units[0].file)
        if before is not None:
            failure = before.failure or event.failure
            event = event._replace(seconds=before.seconds + event.seconds, failure=failure)
        self._ends[desk.units[0].file] = event

    def done(self, worker: int, tally: Tally) -> None:
        """A worker has run the units that it was given, and this is what they came to."""
        desk = self._desks[worker]
        states = tally.counts.get("features", {})
        self._tallies.append(tally._replace(counts={kind: n for kind, n in tally.counts.items() if kind != "features"}))
        self._close(desk, states)

    def _close(self, desk: _Desk, states: Iterable[str]) -> None:
        units, uri = desk.units, desk.uri
        self._units_left -= len(units)
        desk.units = ()
        desk.clear()
        if not units:
            return
        file = units[0].file
        self._states[file] += states
        self._left[file] -= len(units)
        if self._left[file]:
            return
        end = self._ends.pop(file, None)
        if end is not None:
            end = end._replace(status=state_of(self._states[file]))
        self._relay.finish(uri, end)

    def ended(self, tally: Tally) -> None:
        """A worker has come to its end; what it told of since its last units."""
        self._tallies.append(tally)

    # ------------------------------------------------------------------ workers that die

    def died(
        self, worker: int, failure: Failure | None, now: float, *, blameless: bool = False
    ) -> tuple[Sequence[Unit], frozenset[int]]:
        """A worker ended before it had run its units.

        Args:
            worker: its number.
            failure: what to say of what it was running; None for nothing.
            now: the time.
            blameless: its units are for another worker, too, if it had begun nothing of them.

        Returns:
            What is left of its units for another worker, and the lines of scenarios that are not.
        """
        desk = self._desks[worker]
        units = desk.units
        if failure is not None:
            self._blame(desk, failure, now)
            desk.statuses.add(failure.exit_status)
        self._tallies.append(desk.tally(failed=failure is not None))
        lines = frozenset(desk.lines)
        left = [unit for unit in units if unit.line not in lines] if lines or blameless else []
        if left:
            self._left[units[0].file] -= len(units) - len(left)
            self._states[units[0].file].append(events.ERROR)
            desk.units = ()
            desk.clear()
        else:
            self._close(desk, [events.ERROR] if units else [])
        return left, lines

    def _blame(self, desk: _Desk, failure: Failure, now: float) -> None:
        """Tells of the scenario that ran and of its step, or else of the file, or of nothing but the worker."""
        if desk.running is None:
            place = desk.uri or (desk.units[0].file if desk.units else "workers")
            self._emit(events.FileFailed(place, failure))
            return
        at, since = desk.running
        outside = None if self._blame_step(desk, failure, now) else failure
        end = events.ScenarioFinished(at.uri, at.line, at.name, events.ERROR, now - since, outside, attempt=at.attempt)
        self._end_scenario(desk, end, now)

    def _blame_step(self, desk: _Desk, failure: Failure, now: float) -> bool:
        """Tells of steps that had passed untold, and of the one that ran; false if there was none."""
        told = [event for event in desk.block if isinstance(event, events.StepFinished)]
        if desk.reached is None:
            return False
        desk.block += [_step(step, events.PASSED, seconds) for step, seconds in desk.reached.over[len(told) :]]
        running = desk.reached.running
        if running is None or len(told) > len(desk.reached.over):
            return False
        exchanges = [one for step in told for one in step.exchanges] + desk.exchanges
        failure = failure._replace(exchange=exchanges[-1] if exchanges else desk.last)
        died = _step(running, events.ERROR, now - desk.reached.since)
        desk.block.append(died._replace(failure=failure, exchanges=tuple(desk.exchanges)))
        return True

    # ------------------------------------------------------------------ the end

    def tick(self, now: float) -> None:
        """Time goes by: what waited long enough is told, see `Relay`, and how far the run is."""
        self._relay.tick(now)
        if now - self._progress_at >= _PROGRESS:
            self._progress_at = now
            names = tuple(running.scenario.name for running in self.running.values())
            self._emit(Progress(self.finished, self.failed, self._units_left, names))

    def close(self) -> Tally:
        """Tells all that waits; what the run came to."""
        self._relay.flush()
        tally = total(self._tallies)
        features = Counter(state_of(states) for states in self._states.values() if states)
        return tally._replace(counts=added([tally.counts, {"features": features}]))


def _step(step: PlannedStep, status: str, seconds: float) -> events.StepFinished:
    given = (step.keyword, step.name, step.line, status, seconds, None, step.text, step.table)
    return events.StepFinished(*given)
