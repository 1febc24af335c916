"""What a project's settings are: config.ini, over it the file of an environment, over both the command line."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from apitest import config_ini
from apitest.errors import UsageError
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses

_NAME = expression(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


class Choice(NamedTuple):
    """What a run chooses over config.ini.

    Attributes:
        environment: of config.ENVIRONMENT.ini; empty for none.
        defined: the values of ``-D name=value``, over those of [user] and [secrets].
    """

    environment: str = ""
    defined: Mapping[str, str] = MappingProxyType({})

    @property
    def options(self) -> tuple[str, ...]:
        """The options of the command line that choose the same again."""
        environment = ("--env", self.environment) if self.environment else ()
        return (*environment, *(part for name, value in self.defined.items() for part in ("-D", f"{name}={value}")))


NOTHING = Choice()


class Layers(NamedTuple):
    """The settings of a project.

    Attributes:
        config: by section and name, the uppermost layer that has it.
        notices: what to tell of names that mean nothing.
        path: config.ini; over: the file of the environment, or None.
        overridden: the sections and names that the environment's file has; no name for a section that is a value.
    """

    config: Mapping[str, object]
    notices: tuple[str, ...]
    path: Path
    over: Path | None
    overridden: frozenset[tuple[str, str]]

    def place(self, section: str, name: str = "") -> str:
        """The file that says a setting."""
        return str(self.over if (section, name) in self.overridden else self.path)


def read(path: Path, choice: Choice, *, old: bool) -> Layers | None:
    """The settings of a project; None where nothing says any.

    Args:
        path: where config.ini is, or would be.
        choice: what the run chooses over it.
        old: an old project is told of what others may not have.

    Raises:
        ProjectError: a file cannot be read, or says what means nothing.
        UsageError: there is no such environment.
    """
    over = _file_of(path, choice.environment) if choice.environment else None
    config, notices = _read(path, old=old) if path.is_file() else ({}, ())
    if over is None and not path.is_file() and not choice.defined:
        return None
    said: Mapping[str, object] = {}
    if over is not None:
        said, more = _read(over, old=old)
        config, notices = _merged(config, said), notices + more
    overridden = frozenset(
        (section, name)
        for section, content in said.items()
        for name in (content if isinstance(content, Mapping) else [""])
    )
    return Layers(_defining(config, choice.defined), notices, path, over, overridden)


def _read(path: Path, *, old: bool) -> tuple[Mapping[str, object], tuple[str, ...]]:
    config = config_ini.read(path)
    return config, config_ini.check(config, path, old)


def _file_of(path: Path, environment: str) -> Path:
    if not _NAME.fullmatch(environment):
        fix = "Use letters, digits, -, _ and dots: --env staging"
        raise UsageError(f'"{environment}" cannot be the name of an environment', "command line", fix)
    found = path.with_name(f"{path.stem}.{environment}{path.suffix}")
    if found.is_file():
        return found
    start, end = f"{path.stem}.", path.suffix
    known = sorted(each.name[len(start) : -len(end)] for each in path.parent.glob(f"{start}*{end}"))
    fix = did_you_mean(near_misses(environment, known)) or (f"There are: {', '.join(known)}" if known else "")
    raise UsageError(f'Unknown environment "{environment}"', str(found), fix or "Write its settings to this file")


def _merged(config: Mapping[str, object], said: Mapping[str, object]) -> Mapping[str, object]:
    """The settings of both, each from the second one where that has it."""

    def of(name: str, content: object) -> object:
        below = config.get(name)
        if isinstance(content, Mapping) and isinstance(below, Mapping):
            return {**below, **content}
        return content

    return {**config, **{name: of(name, content) for name, content in said.items()}}


def _defining(config: Mapping[str, object], defined: Mapping[str, str]) -> Mapping[str, object]:
    """The settings with values of [user]; one that [secrets] has is defined there."""
    if not defined:
        return config
    user, secrets = (config.get(name, {}) for name in ("user", "secrets"))
    if not isinstance(user, Mapping) or not isinstance(secrets, Mapping):
        return config  # an error of its own, which tells where
    own = {name: value for name, value in defined.items() if name not in secrets}
    hidden = {name: value for name, value in defined.items() if name in secrets}
    return {**config, "user": {**user, **own}, "secrets": {**secrets, **hidden}}
