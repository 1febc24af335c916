"""A run that is divided: among workers, among machines, or in another order than that of the files."""

from itertools import groupby

from apitest import events
from apitest.context import RunState
from apitest.errors import UsageError
from apitest.events import Listener
from apitest.language.registry import load
from apitest.parallel import order, shards
from apitest.parallel.units import Unit
from apitest.runner import division as options
from apitest.runner.division import Division
from apitest.runner.model import Config
from apitest.runner.places import locations
from apitest.runner.run import ProjectRunner, Rules
from apitest.runner.survey import Survey, Wishes
from apitest.runner.tasks import Part, Share
from apitest.runner.workers.messages import Setup
from apitest.steps import MODULES


def run(config: Config, state: RunState, rules: Rules, division: Division, setup: Setup, emit: Listener) -> int:
    """Runs what of a project's features is this run's; the exit status.

    Args:
        config: behave's configuration.
        state: of the run.
        rules: what it lets pass.
        division: how it is divided.
        setup: what the first worker needs to know.
        emit: is told of events that workers have taken the secrets out of.

    Raises:
        ApitestError: nothing can run.
    """
    survey = _survey(config, state, division)
    units, share = _chosen(survey, division, state)
    workers = min(division.jobs, len(units))
    if division.jobs > 1 and workers:  # one worker, too: where it dies, its parent lives to tell
        from apitest.runner.workers import running

        return running.run(config, state, rules, survey, units, setup._replace(workers=workers), share, emit)
    runner = ProjectRunner(config, state, load(MODULES), rules)
    if survey.chosen is not False:
        tasks = [survey.task(list(group)) for _, group in groupby(units, key=lambda unit: unit.file)]
        runner.part = Part(tasks, share, bool(survey.chosen))
    runner.run()
    return runner.exit_status


def _survey(config: Config, state: RunState, division: Division) -> Survey:
    places = locations(config.paths, config.exclude, state.project.apart)
    if not places:
        raise UsageError(
            f"No .feature file found in {' or '.join(config.paths)}",
            fix="`apitest init DIRECTORY` makes a project with one",
        )
    if division.shard and any(place.line for place in places):
        fix = "Leave --shard out, or name files and directories only"
        raise UsageError("--shard divides whole files: it does not go with FILE:LINE", "command line", fix)
    first = options.failed(state.project.root) if division.failed_first else frozenset[str]()
    wishes = Wishes(division.by_scenario, division.shard is not None, division.seed, first)
    known = options.durations(state.project.root, division.durations)
    return Survey(places, config, wishes, state.project.name_of, known)


def _chosen(survey: Survey, division: Division, state: RunState) -> tuple[list[Unit], Share]:
    """The units of this run in their order, and what the start of the run tells of them."""
    units, share = survey.units, Share(order=division.seed)
    if division.shard is not None:
        share = share._replace(shard=str(division.shard), split=shards.fingerprint(units))
        units = shards.split(units, division.shard.total)[division.shard.number - 1]
        if not units:
            state.emit(events.Notice(f"Shard {division.shard} has nothing to run"))
    if division.seed is not None:
        state.emit(events.Notice(f"Random order: --random {division.seed} repeats it"))
        units = _shuffled(units, division.seed)
    return units, share


def _shuffled(units: list[Unit], seed: int) -> list[Unit]:
    """Files in a random order, those that come first ahead of the others, and the scenarios of each."""
    files = {file: number for number, file in enumerate(order.by_file([unit.file for unit in units], seed))}
    return sorted(order.shuffled(units, seed), key=lambda unit: (not unit.urgent, files[unit.file]))
