"""Chooses by what the last run came to: only the scenarios that failed then, or their files ahead of the others."""

import os
from collections.abc import Iterator, Sequence

from apitest.errors import ApitestError
from apitest.project import Project
from apitest.report import last_run
from apitest.report.last_run import Result
from apitest.runner import parsing
from apitest.runner.model import Config, Place
from apitest.runner.places import locations


def failed_paths(project: Project, config: Config) -> tuple[list[str], str]:
    """The places of the scenarios that failed when they last ran, below the paths of a run; and what to tell.

    A scenario is found by its name, wherever it is in its file by now. A file of which something else failed, such as a
    hook of its feature or of the whole run, runs as a whole.

    Returns:
        The paths as they are where nothing is known of a last run; no path where nothing failed.
    """
    results = last_run.of_project(project.root)
    if not results:
        return list(config.paths), "Nothing is known of an earlier run: everything runs"
    wanted = {place.filename for place in _chosen(project, config)}
    failed: dict[str, list[Result]] = {}
    for result in results:
        file = os.path.abspath(project.root / result.uri)
        if result.failed and file in wanted:
            failed.setdefault(file, []).append(result)
    whole = [file for file, those in failed.items() if any(result.of_file for result in those)]
    paths = [os.path.relpath(file) for file in whole]
    gone: list[Result] = []
    for file, those in failed.items():
        for result, line in _found(file, those, config.lang) if file not in whole else ():
            if line:
                paths.append(f"{os.path.relpath(file)}:{line}")
            else:
                gone.append(result)
    if gone:
        last_run.forget(project.root, gone)
        names = ", ".join(f'"{result.name}"' for result in gone)
        return paths, f"Failed when it last ran, and is not there any more: {names}"
    return paths, "" if paths else "No scenario failed when it last ran: there is nothing to run again"


def failed_first(project: Project, config: Config) -> list[str]:
    """The files of a run, those with a scenario that failed when it last ran ahead of the others."""
    failed = {os.path.abspath(project.root / each.uri) for each in last_run.of_project(project.root) if each.failed}
    places = sorted(_chosen(project, config), key=lambda place: place.filename not in failed)
    return [f"{place.filename}:{place.line}" if place.line else place.filename for place in places]


def _chosen(project: Project, config: Config) -> list[Place]:
    return locations(config.paths, config.exclude, project.apart)


def _found(file: str, results: Sequence[Result], language: str | None) -> Iterator[tuple[Result, int]]:
    """The line that each scenario is at by now; 0 for one that is not there any more."""
    try:
        feature = parsing.parse(file, language)
    except ApitestError:  # the run tells why it cannot be read
        yield from ((result, result.line) for result in results)
        return
    known: dict[str, list[int]] = {}
    for scenario in feature.walk_scenarios() if feature else ():
        known.setdefault(scenario.name.rstrip(), []).append(scenario.line)
    for result in results:
        lines = known.get(result.name, [0])
        yield result, min(lines, key=lambda line, at=result.line: abs(line - at))  # type: ignore[misc]
