"""Keeps what a worker's parent has to know if the worker dies: the step that runs, and what that has exchanged."""

from collections.abc import Callable, Iterable
from time import monotonic

from apitest.context import RunState
from apitest.events import Exchange
from apitest.parallel.reached import PlannedStep
from apitest.redaction import redact
from apitest.runner.model import Step
from apitest.runner.step_events import planned
from apitest.runner.workers import memory
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.course import Course
from apitest.runner.workers.messages import Exchanged


class Follower:
    """Follows the scenario that runs.

    Args:
        course: takes its steps.
        channel: takes its exchanges.
        state: of the run, which knows the secrets.
    """

    def __init__(self, course: Course, channel: Channel, state: RunState) -> None:
        self._course = course
        self._channel = channel
        self._secrets = state.secrets
        self._known = 0  # of the secrets, when the steps were written
        self._steps: tuple[PlannedStep, ...] = ()
        self._own = False  # whether the step that runs is the project's own code, which may end the process
        self._answered: Callable[[], Exchange] | None = None

    def scenario_begins(self, steps: Iterable[Step]) -> None:
        """All steps of a scenario that is about to begin."""
        self._steps, self._known = tuple(map(planned, steps)), len(self._secrets)
        self._course.begin(redact(self._steps, self._secrets) if self._secrets else self._steps)

    def step_begins(self, number: int, last: Exchange | None, *, own: bool) -> None:
        """A step begins, whose secrets are known.

        Args:
            number: of the step, the first is 0.
            last: what was sent and received last, for a step that may end the process.
            own: whether it is one.
        """
        if len(self._secrets) != self._known:
            self._known = len(self._secrets)
            self._course.tell_again(redact(self._steps, self._secrets))
        self._own, self._answered = own, None
        self._channel.step_begins(self._message(last, before=True) if last else None)
        self._course.step_began(number, monotonic())

    def step_ends(self, number: int) -> None:
        """A step is over, and was told of if somebody wants to know."""
        self._answered = None
        self._channel.step_ends()
        self._course.step_ended(number, monotonic())

    def exchanged(self, make: Callable[[], Exchange], *, over: bool) -> None:
        """The step has sent something, or has the answer. See `Watch`.

        What a sentence of ours has sent is kept at once, and the answer once the step goes on to anything else but its
        end: nothing is left then that could end the process.
        """
        if over and not self._own:
            self._answered = make
            return
        self.settle()
        self._channel.exchanged(self._message(make()), over=over)

    def settle(self) -> None:
        """The step goes on, or waits: what it has received is kept by then."""
        if self._answered is not None:
            make, self._answered = self._answered, None
            self._channel.exchanged(self._message(make()), over=True)

    def _message(self, exchange: Exchange, *, before: bool = False) -> Exchanged:
        secrets = frozenset(self._secrets)
        if not memory.IN_MEMORY:
            exchange, secrets = redact(exchange, secrets), frozenset()
        return Exchanged(exchange, secrets, before)
