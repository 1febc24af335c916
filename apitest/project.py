"""Finds a project from any path and reads its config.ini into one frozen object."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from apitest import config_ini, config_layers
from apitest.config_layers import NOTHING, Choice, Layers
from apitest.errors import BadValue, ProjectError
from apitest.expressions import expression
from apitest.language.flags import flag
from apitest.language.sizes import parse_size

FEATURES = "features"
ONCE = "once"
_RESPONSE_LIMIT = 100_000_000
_MARKS = ("environment.py", "steps", "config.ini")
_REQUESTS = {"fresh": False, "carried over": True}
_OLD_IMPORT = expression(
    rb"^[ \t]*(from[ \t]+zato(\.apitest\b|[ \t]+import\b)|import[ \t]+zato\.apitest\b)", re.MULTILINE
)


_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Project(NamedTuple):
    """Where a project's files are and what its config.ini says.

    Attributes:
        root: the directory that holds ``features``, or the features directory itself for a bare one.
        features: the directory of environment.py, steps/, config.ini, json/, xml/ …; any may be missing.
        choice: what the run chose over config.ini.
        user: the [user] section, the values that ``@name`` refers to, and those of the [secrets] section.
        secrets: the values of the [secrets] section.
        vault: the [vault] section.
        response_limit: bytes that the body of a response may have where nothing else is said.
        address: where requests go to if a scenario does not say so; from the [apitest] section.
        is_old: whether the project was written for zato-apitest: its environment.py imports that tool.
        strict: whether a scenario that checks nothing fails; from the [apitest] section.
        carries_over: whether requests, sign-ins and settings carry over from request to request and from scenario
            to scenario, as they did in zato-apitest.
        requests_reason: what says so, for people.
        behave_options: the ``options`` of the [behave] section, a command line for behave.
        notices: what to tell of the names in config.ini that mean nothing.
    """

    root: Path
    features: Path
    choice: Choice = NOTHING
    user: Mapping[str, object] = _NO_VALUES
    vault: Mapping[str, object] = _NO_VALUES
    secrets: tuple[str, ...] = ()
    response_limit: int = _RESPONSE_LIMIT
    address: str = ""
    is_old: bool = False
    strict: bool = False
    carries_over: bool = False
    requests_reason: str = "environment.py does not import zato.apitest"
    behave_options: str = ""
    notices: tuple[str, ...] = ()

    @property
    def requests_told(self) -> str:
        """How long a request lasts in this project, and why, as one line of text."""
        kind = "carried over" if self.carries_over else "fresh"
        return f"Requests are {kind}: {self.requests_reason}"

    def name_of(self, file: str | Path) -> str:
        """What a file is called wherever a run starts: its path from the project's directory, with slashes."""
        return Path(os.path.relpath(file, self.root)).as_posix()

    @property
    def apart(self) -> Path | None:
        """The directory whose features run only where steps ask for them; None in an old project, which has none."""
        return None if self.is_old else (self.features / ONCE).resolve()

    @property
    def config_path(self) -> Path:
        """Where config.ini is, or would be."""
        return self.features / "config.ini"


def find(path: Path, choice: Choice = NOTHING) -> Project:
    """The project of a path: a project directory, a features directory, a .feature file or a folder.

    Args:
        path: to start from.
        choice: what the run chooses over config.ini.

    Raises:
        ProjectError: the path does not exist, or config.ini cannot be read.
        UsageError: there is no such environment.
    """
    if not path.exists():
        raise ProjectError(f"File or directory not found: {path}", fix=_similar(path))
    path = path.resolve()
    features = _features_directory(path)
    root = features.parent if features.name == FEATURES else features
    return _with_config(root, features, choice)


def below(path: Path) -> list[Path]:
    """The projects below a directory that belongs to none itself; none for any other path.

    A project is a directory with features in it, or a features directory by itself; hidden directories and what
    is deeper than three levels are not searched.
    """
    start = path.resolve()
    if not start.is_dir() or _marked(start) or any(start.glob("*.feature")) or _features_directory(start) != start:
        return []
    found: list[Path] = []
    level = [path]
    for _ in range(_LEVELS):
        level = [each for parent in level for each in _directories(parent)]
        found += (each for each in level if _is_project(each))
        level = [each for each in level if each not in found]
    return found


_LEVELS = 3


def _directories(path: Path) -> list[Path]:
    try:
        return sorted(
            each for each in path.iterdir() if each.name[0] != "." and each.is_dir() and not each.is_symlink()
        )
    except OSError:
        return []


def _marked(directory: Path) -> bool:
    """Whether a directory is a project's, or its features directory."""
    marks = any((directory / mark).exists() for mark in _MARKS)
    return directory.name == FEATURES or (directory / FEATURES).is_dir() or marks


def _is_project(directory: Path) -> bool:
    features = directory / FEATURES
    if not features.is_dir():
        features = directory
    return _marked(directory) and any(features.rglob("*.feature"))


def _features_directory(path: Path) -> Path:
    if path.is_dir() and (path / FEATURES).is_dir():
        return path / FEATURES
    start = path if path.is_dir() else path.parent
    for directory in (start, *start.parents):
        if directory.name == FEATURES or any((directory / mark).exists() for mark in _MARKS):
            return directory
    return start


def _with_config(root: Path, features: Path, choice: Choice) -> Project:
    path = features / "config.ini"
    old = imports_zato_apitest(features / "environment.py")
    notices: tuple[str, ...] = ()
    beside = config_ini.overlooked(path, root / path.name)
    if beside and not old and not path.is_file():
        raise beside
    if beside:
        notices = (f"{beside.where}: {beside.problem}. {beside.fix}",)
    layers = config_layers.read(path, choice, old=old)
    if layers is None:
        return Project(
            root, features, is_old=old, carries_over=old, requests_reason=_reason(None, old), notices=notices
        )
    behave = layers.config.get("behave", {})
    options = behave.get("options", "") if isinstance(behave, Mapping) else ""
    if not isinstance(options, str):  # a comma in an unquoted value makes a list of it
        options = ",".join(options)
    own, user, vault, secrets = (_section(layers, name) for name in ("apitest", "user", "vault", "secrets"))
    return Project(
        root,
        features,
        choice,
        MappingProxyType({**user, **secrets}),
        vault,
        secrets=tuple(map(str, secrets.values())),
        response_limit=_size(own, layers),
        address=str(own.get("address", "")),
        is_old=old,
        strict=_strict(own, layers),
        carries_over=_carries_over(own, layers, old),
        requests_reason=_reason(own.get("requests"), old),
        behave_options=options,
        notices=notices + layers.notices,
    )


def _size(own: Mapping[str, object], layers: Layers) -> int:
    try:
        return parse_size(own.get("response_limit", _RESPONSE_LIMIT))
    except BadValue as error:
        raise ProjectError(
            f"[apitest] response_limit: {error.problem}", layers.place("apitest", "response_limit"), error.fix
        ) from None


def _strict(own: Mapping[str, object], layers: Layers) -> bool:
    said = str(own.get("strict", False))
    try:
        return flag(said)
    except ValueError:
        place, fix = layers.place("apitest", "strict"), "Write strict = True"
        raise ProjectError(f'[apitest] strict must be True or False, not "{said}"', place, fix) from None


def imports_zato_apitest(path: Path) -> bool:
    """Whether a Python file imports from zato.apitest; false if it cannot be read."""
    try:
        return has_old_import(path.read_bytes())
    except OSError:
        return False


def has_old_import(python: bytes) -> bool:
    """Whether the text of a Python file imports from zato.apitest."""
    return _OLD_IMPORT.search(python) is not None


def _reason(said: object, old: bool) -> str:
    if said is not None:
        return f"config.ini has requests = {said}"
    return f"environment.py {'imports' if old else 'does not import'} zato.apitest"


def _carries_over(own: Mapping[str, object], layers: Layers, default: bool) -> bool:
    said = own.get("requests")
    if said is None:
        return default
    if said not in _REQUESTS:
        place, fix = layers.place("apitest", "requests"), "Write requests = fresh, or requests = carried over"
        raise ProjectError(f'[apitest] requests must be "fresh" or "carried over", not "{said}"', place, fix)
    return _REQUESTS[said]


def _section(layers: Layers, name: str) -> Mapping[str, object]:
    section = layers.config.get(name, {})
    if not isinstance(section, Mapping):
        fix = f"Write [{name}] on a separate line"
        raise ProjectError(f"[{name}] must be a section, not a value", layers.place(name), fix)
    return MappingProxyType(dict(section))


def _similar(path: Path) -> str:
    import difflib

    parent = path.parent
    names = [entry.name for entry in parent.iterdir()] if parent.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"Did you mean {parent / close[0]}?" if close else ""
