"""From a command line to an exit status: finds the project, loads the sentences, runs, and reports."""

import gc
import os
import re
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apitest import project as projects
from apitest.clients.vault import client as vault_access
from apitest.context import RunState
from apitest.errors import UsageError
from apitest.events import Listener, RunFinished
from apitest.language.registry import load
from apitest.project import Project
from apitest.report.hiding import hiding
from apitest.steps import MODULES

_LINE = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for beside paths and behave's options.

    Attributes:
        verbose: show every exchange.
        fix: correct undefined steps in their files.
        seed: of the random values; None for another run each time.
        events: where to write the events as JSON lines; None for nowhere.
    """

    verbose: bool = False
    fix: bool = False
    seed: int | None = None
    events: Path | None = None


def launch(arguments: list[str], wishes: Wishes) -> int:
    """Runs what the arguments name; returns the exit status.

    Raises:
        ApitestError: the paths, the options or the project's own files cannot be used; nothing ran.
    """
    paths, options = split_arguments(arguments)
    project = _project_of(paths)
    from apitest.runner import options as behave_options
    from apitest.runner.run import ProjectRunner

    config = behave_options.configuration(project, paths, options)
    if behave_options.answer_question(config):
        return 0
    listeners: list[Listener] = []
    if behave_options.leave_output_to_reports(config):
        listeners.append(hiding(_terminal_report(wishes, config)))
    if wishes.fix:
        from apitest.runner.corrections import Corrections

        # Before the report, so that what was corrected stands above its summary.
        listeners.insert(0, Corrections(_spread(listeners.copy())))
    state = RunState(project, seed=wishes.seed, verbose=wishes.verbose, emit=_spread(listeners))
    state.vault = vault_access.reader(state)
    # The objects that imports left behind live to the end: the collector need not look at them again and again.
    gc.freeze()
    if wishes.events is None:
        runner = ProjectRunner(config, state, load(MODULES))
        runner.run()
    else:
        from apitest.report.jsonl import EventFile

        with EventFile(wishes.events) as file:
            listeners.append(hiding(file))
            state.emit = _spread(listeners)
            runner = ProjectRunner(config, state, load(MODULES))
            runner.run()
    return runner.exit_status


def _terminal_report(wishes: Wishes, config: Any) -> Listener:
    from apitest.report.terminal import make_terminal_report

    environ = {**os.environ, **_COLOR_WISHES.get(config.color, {})}
    report: Listener = make_terminal_report(sys.stdout, environ, wishes.verbose, wishes.fix)
    return report if config.summary else lambda event: None if isinstance(event, RunFinished) else report(event)


# What behave's --color and --no-color say, as the environment says it.
_ON, _OFF = {"NO_COLOR": "", "FORCE_COLOR": "1"}, {"NO_COLOR": "1"}
_COLOR_WISHES = {"on": _ON, "always": _ON, "off": _OFF, "never": _OFF}


def _spread(listeners: list[Listener]) -> Callable[[Any], None]:
    """One listener for several."""
    if len(listeners) == 1:
        return listeners[0]

    def emit(event: Any) -> None:
        for listener in listeners:
            listener(event)

    return emit


# Behave's options that take a value as the next argument, so that it is no path to run.
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


def _project_of(paths: list[str]) -> Project:
    """The one project that all paths belong to.

    Raises:
        UsageError: they belong to several.
    """
    found: dict[Path, tuple[str, Project]] = {}
    for path in paths:
        place = Path(_LINE.sub("", path.removeprefix("@")))
        if place.is_file() and place.suffix != ".feature" and not path.startswith("@"):
            raise UsageError(f"{place} is no .feature file", fix="Name a directory, a .feature file or FILE:LINE")
        project = projects.find(place)
        found.setdefault(project.features, (path, project))
    if len(found) > 1:
        named = " and ".join(path for path, _ in found.values())
        raise UsageError(f"{named} belong to different projects", fix="Run each project by itself")
    return next(project for _, project in found.values())
