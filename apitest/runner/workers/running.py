"""A run in worker processes, from its first event to its last."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, time

from apitest import events, shared
from apitest.context import RunState
from apitest.events import Listener
from apitest.parallel.book import Book
from apitest.parallel.queue import Queue
from apitest.parallel.tally import Tally
from apitest.parallel.units import Unit
from apitest.runner import failures
from apitest.runner.model import Config
from apitest.runner.run import Rules
from apitest.runner.selection import Selection
from apitest.runner.survey import Survey
from apitest.runner.tasks import Share
from apitest.runner.workers import starting, worker
from apitest.runner.workers.crew import Crew
from apitest.runner.workers.messages import Finished, Setup
from apitest.runner.workers.pool import Pool


def run(
    config: Config,
    state: RunState,
    rules: Rules,
    survey: Survey,
    units: list[Unit],
    setup: Setup,
    share: Share,
    emit: Listener,
) -> int:
    """Runs units in workers; the exit status.

    Args:
        config: behave's configuration.
        state: of the parent, which runs nothing itself.
        rules: what the run lets pass.
        survey: where the units are from.
        units: what runs.
        setup: what the first worker needs to know.
        share: how the run was divided.
        emit: is told of events that workers have taken the secrets out of.

    Raises:
        ApitestError: the project's own Python cannot be used; nothing ran.
    """
    started = perf_counter()
    if starting.can_fork():
        worker.load_once()
    crew = Crew(
        setup, lambda of_worker, channel, course: worker.serve(of_worker, state.project, config, channel, course)
    )
    queue = Queue(units, setup.workers, ordered=share.order is not None)
    book = Book(emit, units)
    pool = Pool(survey, queue, book, crew, state.emit, lambda: state.emit(_start(state, setup.workers, share)))
    with _shared_directory():
        pool.run(setup.workers, stops=config.stop)
    tally = book.close()
    empty = _found_empty(pool.seen, config, rules, state) if not tally.exit_statuses and not pool.aborted else False
    chosen = any(one.chosen for one in pool.seen)
    return _end(tally, empty, pool.aborted, perf_counter() - started, state, chosen)


@contextmanager
def _shared_directory() -> Iterator[None]:
    """What is done once a run is done once for all workers."""
    with tempfile.TemporaryDirectory(prefix="apitest-") as directory:
        os.environ[shared.VARIABLE] = directory
        try:
            yield
        finally:
            del os.environ[shared.VARIABLE]


def _start(state: RunState, workers: int, share: Share) -> events.RunStarted:
    project, choice = state.project, state.project.choice
    begun = events.RunStarted(str(project.root), state.verbose, workers, state.seed, choice.environment, time())
    return begun._replace(options=choice.options, **share._asdict())


def _found_empty(seen: list[Finished], config: Config, rules: Rules, state: RunState) -> bool:
    """Tells of a selection that chose nothing; true if that is an error."""
    selection = Selection(config)
    for one in seen:
        selection.settle(one.tags, one.names, one.chosen)
    if not selection.empty:
        return False
    if rules.allow_empty or state.project.is_old:
        state.emit(events.Notice(selection.note()))
        return False
    state.emit(events.FileFailed("command line", events.Failure.of(selection.error())))
    return True


def _end(tally: Tally, empty: bool, aborted: str, seconds: float, state: RunState, chosen: bool) -> int:
    statuses = {*tally.exit_statuses, *([1] if tally.failed or aborted else []), *([2] if empty else [])}
    status = failures.exit_status(statuses, aborted)
    counts = {kind: dict(numbers) for kind, numbers in tally.counts.items()}
    numbers = (tally.unchecked, tally.consequences, tally.flaky)
    state.emit(events.RunFinished(counts, seconds, status, aborted, *numbers, chosen))
    return status
