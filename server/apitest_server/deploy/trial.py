"""Tries a change of user files before it takes effect: imports what it touches, and finds whose fault a failure is."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from apitest_server.deploy.deadline import Overdue, Raised, within
from apitest_server.deploy.discovery import services_of_module
from apitest_server.deploy.modules import UserPackage
from apitest_server.deploy.store import Deployed, import_failed
from apitest_server.deploy.user_file import UserFile
from apitest_server.errors import DeploymentError, ServerError
from apitest_server.service.compiled import Compiled


class Refused(Exception):
    """Files that cannot be deployed, and why.

    Attributes:
        stems: the files' modules.
        error: what is wrong.
        may_pass: whether they may be in order once other files change.
    """

    def __init__(self, stems: set[str], error: DeploymentError, may_pass: bool = True) -> None:
        super().__init__(stems, error)
        self.stems = stems
        self.error = error
        self.may_pass = may_pass


def tried(
    package: UserPackage, stem: str, changed: set[str], is_needed: bool, seconds: float
) -> tuple[list[Deployed], list[Compiled]]:
    """The services of a file, and those of them that are ready because the file had to be imported.

    Args:
        package: the files as they would be.
        stem: the file's module.
        changed: the files that are tried.
        is_needed: whether it has to be imported although its services are known.
        seconds: how long that may take.

    Raises:
        Refused: it cannot be imported, or not in time.
    """
    declared = package.files[stem].declared
    module = package.module_name(stem)
    if declared is not None and not is_needed:
        path = str(package.files[stem].path)
        return [Deployed(name, f"{module}:{cls}", path) for name, cls in declared], []
    try:
        return within(seconds, partial(_imported, package, stem))
    except Overdue as overdue:
        failed = _overdue(package.files[stem].path, seconds, overdue.places)
        raise Refused(_to_blame(stem, changed, package.files), failed, may_pass=False) from None
    except Raised as raised:
        failed = _failed(package.files[stem].path, raised.error)
        raise Refused(_to_blame(stem, changed, package.files), failed) from raised.error


def _imported(package: UserPackage, stem: str) -> tuple[list[Deployed], list[Compiled]]:
    loaded = package.load(stem)
    services = list(services_of_module(loaded))
    classes = [getattr(loaded, service.place.rpartition(":")[2]) for service in services]
    return services, [Compiled(service.name, cls) for service, cls in zip(services, classes, strict=True)]


def _failed(path: Path, error: BaseException) -> DeploymentError:
    if isinstance(error, ServerError):
        return DeploymentError(error.problem, error.where or str(path), error.fix)
    return import_failed(path.name, error)


def _overdue(path: Path, seconds: float, places: list[str]) -> DeploymentError:
    where = next((place for place in places if place.startswith(str(path.parent))), str(path))
    return DeploymentError(f"{path.name} was not imported within {seconds:g} seconds", where)


def _to_blame(stem: str, changed: set[str], files: Mapping[str, UserFile]) -> set[str]:
    """The changes that broke a file: its own, or else those of the files that it depends on."""
    return {stem} if stem in changed else {one for one in changed if stem in dependants({one}, files)}


def dependants(stems: set[str], files: Mapping[str, UserFile]) -> set[str]:
    """The files that import one of these, directly or through others."""
    found: set[str] = set()
    news = set(stems)
    while news:
        news = {stem for stem, file in files.items() if file.neighbours & news} - found - stems
        found |= news
    return found


def in_order(stems: set[str], files: Mapping[str, UserFile]) -> list[str]:
    """Files before those that depend on them, else by name."""
    return sorted(stems, key=lambda stem: (-len(dependants({stem}, files)), stem))
