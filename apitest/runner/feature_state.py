"""The state of the feature that runs, `context.zato`: made when it starts, closed when it ends."""

from collections.abc import Callable

from behave.model_type import Status

from apitest import remembering
from apitest.context import FeatureContext, RunState
from apitest.events import Exchange
from apitest.runner import failures
from apitest.runner.model import Container, Context, Item, Scenario


class FeatureState:
    """Gives each feature its state.

    Args:
        context: behave's, whose attribute `zato` the state is.
        run: what the features of the run share.
    """

    def __init__(self, context: Context, run: RunState) -> None:
        self._context = context
        self._run = run

    def start(self, item: Container) -> None:
        """A feature starts; called in its layer of the context, before its hooks."""
        self._run.random.begin(item.filename, 0)
        self._context.zato = self._run.feature = FeatureContext(self._run)
        self._context.add_cleanup(self._close)

    @property
    def _current(self) -> FeatureContext | None:
        """None where the project's own code has put something else in its place."""
        zato = getattr(self._context, "zato", None)
        return zato if isinstance(zato, FeatureContext) else None

    def _close(self) -> None:
        if self._current is not None:
            self._current.close()

    def start_scenario(self, scenario: Item) -> None:
        """A scenario starts, before its hooks: it has the feature's variables; see `FeatureContext`."""
        self._run.random.begin(scenario.filename, scenario.line)
        if self._current is not None:
            self._current.start_scenario()

    def remember(self) -> Callable[[], None]:
        """What gives the feature the variables, the request and the settings back that it has now."""
        return remembering.remember(self._current) if self._current is not None else lambda: None

    def close_scenario(self, scenario: Scenario) -> bool:
        """Ends what lives as long as a scenario, such as its cookies or a transaction; false if that fails."""
        current = self._current
        if current is None:
            return True
        try:
            current.finish_scenario()
        except Exception as error:
            scenario.set_status(Status.cleanup_error)
            failures.store(scenario, error)
            return False
        return True

    def last_exchange(self) -> Exchange | None:
        """The request that led to a failure, if the feature made one."""
        return self._current.last_exchange() if self._current is not None else None
