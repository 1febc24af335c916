"""From a command line to an exit status: finds the project, loads the sentences, runs, and reports."""

import gc
import os
import shlex
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from apitest import project as projects
from apitest.clients.vault import client as vault_access
from apitest.config_layers import Choice
from apitest.context import RunState
from apitest.errors import UsageError
from apitest.events import Listener, Notice
from apitest.expressions import expression
from apitest.language.registry import load
from apitest.project import Project
from apitest.report import formats, last_run
from apitest.report.several import Reports
from apitest.report.target import Target
from apitest.report.terminal import make_error_report
from apitest.runner import deferred
from apitest.runner.division import Division
from apitest.steps import MODULES
from apitest.trace import Trace

if TYPE_CHECKING:
    from apitest.runner.model import Config
    from apitest.runner.run import Rules

_LINE = expression(r":\d+$")


class RunOptions(NamedTuple):
    """The options of `apitest run` that are not behave's.

    Attributes:
        verbose: show every exchange.
        fix: correct undefined steps in their files.
        seed: of the random values; None for another run each time.
        reports: besides the one on the terminal, each a ``NAME`` or ``NAME=FILE``.
        strict: a scenario that checks nothing fails; None for what config.ini says.
        allow_empty: --tags, --name and lines may choose nothing.
        environment: whose file is read over config.ini; empty for none.
        retries: how often a scenario that failed is tried again.
        rerun_failed: run only what failed when it last ran; last_failed_first: run the files with such scenarios first.
        isolate: tell of each scenario that failed whether it fails by itself, and else what it depends on.
        quiet: show what went wrong and the totals only.
        division: among workers and machines, and in which order.
    """

    verbose: bool = False
    fix: bool = False
    seed: int | None = None
    reports: Sequence[str] = ()
    strict: bool | None = None
    allow_empty: bool = False
    environment: str = ""
    retries: int = 0
    rerun_failed: bool = False
    last_failed_first: bool = False
    isolate: bool = False
    quiet: bool = False
    division: Division = Division()


def launch(arguments: list[str], options: RunOptions) -> int:
    """Runs what the arguments name; returns the exit status.

    Raises:
        ApitestError: the paths, the options or the project's own files cannot be used; nothing ran.
    """
    with deferred.imports():
        from apitest.runner import options as behave_options
        from apitest.runner.run import Rules

    behave_options.refuse_misspelt(arguments)
    asked = formats.asked(options.reports)
    named, for_behave = split_arguments(arguments)
    paths, note = _within_projects(named)
    project = _project_of(paths, Choice(options.environment, behave_options.definitions(for_behave)))
    with deferred.imports():
        config = behave_options.configuration(project, paths, for_behave)
    if behave_options.answer_question(config):
        return 0
    division = options.division._replace(
        jobs=max(options.division.jobs, config.jobs), failed_first=options.last_failed_first
    )
    left_out = behave_options.refuse_beside_workers(for_behave, config) if division.jobs > 1 else []
    told = _choose_again(project, config, options)
    if not config.paths:
        print(told)
        return 0
    reports = Reports()
    state = RunState(project, seed=options.seed, verbose=options.verbose, emit=reports)
    _ask_for(state.trace, options, config, asked)
    state.vault = vault_access.reader(state)
    with reports:
        _open(reports, options, config, asked, state)
        for text in filter(None, (*project.notices, note, told, *left_out)):
            state.emit(Notice(text))
        _collect_garbage()
        strict = project.strict if options.strict is None else options.strict
        rules = Rules(strict, options.allow_empty, options.retries)
        status = _run(division, config, state, rules, for_behave, reports)
    return _told(reports.failed, status)


def _ask_for(trace: Trace, options: RunOptions, config: "Config", asked: Sequence[formats.Asked]) -> None:
    """Says what the reports show of steps."""
    trace.wants_exchanges = formats.want_exchanges(asked)
    trace.wants_passed = options.verbose or config.junit or formats.want_passed(asked)


def _run(
    division: Division, config: "Config", state: RunState, rules: "Rules", for_behave: list[str], emit: Listener
) -> int:
    """Runs features one after another, or in workers, a part only, or in another order; the exit status."""
    if not division.divides:
        from apitest.runner.run import ProjectRunner

        runner = ProjectRunner(config, state, load(MODULES), rules)
        runner.run()
        return runner.exit_status
    from apitest.runner import divided
    from apitest.runner.workers.messages import Setup

    project, choice = state.project, state.project.choice
    setup = Setup(
        *(1, division.jobs, str(project.features), choice.environment, dict(choice.defined), config.paths, for_behave),
        *(state.verbose, state.seed, rules.strict, rules.retries),
        *(state.trace.wants_exchanges, state.trace.wants_passed),
    )
    return divided.run(config, state, rules, division, setup, emit)


def _choose_again(project: Project, config: "Config", options: RunOptions) -> str:
    """Changes the paths of a run by what the last one came to, where that is asked for; what to tell."""
    if not (options.rerun_failed or options.last_failed_first):
        return ""
    from apitest.runner import again

    if options.rerun_failed and options.division.shard:
        fix = "Leave --shard out: -j N divides what failed among workers\nOr leave --rerun-failed out"
        raise UsageError("--rerun-failed and --shard do not go together", "command line", fix)
    told = ""
    if options.rerun_failed:
        config.paths, told = again.failed_paths(project, config)
    elif options.last_failed_first:
        config.paths = again.failed_first(project, config)
    return told


def _collect_garbage() -> None:
    """Starts the collector, which need not look again and again at what imports left behind: that lives to the end."""
    gc.freeze()
    gc.enable()


def _told(failed: Sequence[UsageError], status: int) -> int:
    """The exit status of a run, once it is told which of its reports could not be written."""
    from apitest.runner.failures import INTERRUPTED, TERMINATED

    for error in failed:
        make_error_report(sys.stderr)(error)
    return status if status in (INTERRUPTED, TERMINATED) or not failed else UsageError.exit_status


def _open(
    reports: Reports, options: RunOptions, config: "Config", asked: Sequence[formats.Asked], state: RunState
) -> None:
    """Opens everything that listens to the run, in the order in which they are told of an event."""
    if options.fix:
        from apitest.runner.corrections import Corrections

        # Before the reports, so that what was corrected stands above a summary.
        reports.open("corrections", None, nullcontext(Corrections(state.emit)))
    if options.isolate:
        from apitest.runner import isolation

        alone = isolation.in_a_run_of_its_own(state.project)
        reports.open("isolation", None, nullcontext(isolation.Isolation(state.emit, alone)))
    from apitest.runner import places
    from apitest.runner.options import leave_output_to_reports

    shown = leave_output_to_reports(config)
    for name, target in _reports(options, config, shown, asked):
        reports.open(name, target.path, formats.named(name).opened(target), watches=name == "terminal")
    if not config.dry_run:
        shard = str(options.division.shard or "")
        files = partial(places.asked, config, state.project.apart)
        record = last_run.recorded(state.project.root, state.emit, shard, files)
        reports.open("last run", None, record, only=last_run.HEARD)


def _reports(
    options: RunOptions, config: "Config", shown: bool, asked: Sequence[formats.Asked]
) -> Iterator[tuple[str, Target]]:
    """The reports of a run: the format of each, and where it goes."""
    environ = {**os.environ, **_COLOR_OPTIONS.get(config.color, {})}
    if not formats.take_output(asked):
        screen = Target(None, environ, options.verbose, options.fix, config.summary, options.quiet)
        yield "terminal" if shown else "beside", screen
    if config.junit:
        yield "junit", Target(Path(config.junit_directory), environ)
    for name, path in asked:
        yield name, Target(path, environ, options.verbose, options.fix)


# What behave's --color and --no-color say, as the environment says it.
_ON, _OFF = {"NO_COLOR": "", "FORCE_COLOR": "1"}, {"NO_COLOR": "1"}
_COLOR_OPTIONS = {"on": _ON, "always": _ON, "off": _OFF, "never": _OFF}


# Behave's options that take a value as the next argument, so that it is not taken for a path.
_WITH_VALUE = frozenset(
    (
        *("-D", "--define", "-e", "--exclude", "-f", "--format", "-i", "--include", "-n", "--name", "-o", "--outfile"),
        *("-r", "--runner", "-t", "--tags", "-j", "--jobs", "--parallel", "--lang", "--lang-help", "--stage"),
        *("--logging-level", "--logging-format", "--logging-datefmt", "--logging-filter", "--junit-directory"),
    )
)


_COLORS = ("auto", "on", "off", "always", "never")  # what may stand after --color, which may stand alone, too


def split_arguments(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The paths among the arguments of `apitest run`, and behave's options with their values."""
    paths: list[str] = []
    options: list[str] = []
    remaining = deque(arguments)
    while remaining:
        argument = remaining.popleft()
        if argument == "--":
            paths.extend(remaining)
            break
        if not argument.startswith("-") or argument == "-":
            paths.append(argument)
        elif argument == "--color":
            options.append(f"--color={remaining.popleft() if remaining and remaining[0] in _COLORS else 'auto'}")
        else:
            options.append(argument)
            if argument in _WITH_VALUE and remaining:
                options.append(remaining.popleft())
    return paths or [_default_path()], options


def _default_path() -> str:
    return "features" if Path("features").is_dir() else "."


def _within_projects(paths: list[str]) -> tuple[list[str], str]:
    """The paths, with the one project below a directory instead of a directory that is outside of any; what to tell.

    Raises:
        UsageError: there are several projects below it.
    """
    note = ""
    for number, path in enumerate(paths):
        below = projects.below(Path(path))
        if len(below) > 1:
            where = "the current directory" if path == "." else path
            commands = "\n".join(f"apitest run {shlex.quote(str(each))}" for each in below[:_LISTED])
            raise UsageError(
                f"There are {len(below)} projects in {where}", fix=f"Run each project by itself:\n{commands}"
            )
        if below:
            paths = [*paths[:number], str(below[0]), *paths[number + 1 :]]
            note = f"Running the project {below[0]}"
    return paths, note


_LISTED = 10


def _project_of(paths: list[str], choice: Choice) -> Project:
    """The one project that all paths belong to.

    Raises:
        UsageError: they belong to several.
    """
    found: dict[Path, tuple[str, Project]] = {}
    for path in paths:
        place = Path(_LINE.sub("", path.removeprefix("@")))
        if place.is_file() and place.suffix != ".feature" and not path.startswith("@"):
            raise UsageError(f"{place} is not a .feature file", fix="Name a directory, a .feature file or FILE:LINE")
        project = projects.find(place, choice)
        found.setdefault(project.features, (path, project))
    if len(found) > 1:
        named = " and ".join(path for path, _ in found.values())
        raise UsageError(f"{named} belong to different projects", fix="Run each project by itself")
    return next(project for _, project in found.values())
