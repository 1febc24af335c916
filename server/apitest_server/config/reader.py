"""Reads server.conf: sections -> objects, collecting every problem with its line on the way."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from apitest_server.config import kinds, model
from apitest_server.config.internal import internal_modules
from apitest_server.config.sso import SSO
from apitest_server.config.text import Reader, Section
from apitest_server.config.tls import TLS
from apitest_server.errors import ConfigError, StartError

FILE_NAME = "server.conf"
_SECTIONS = (
    "main", "limits", "logging", "services", "odb", "pubsub", "kvdb", "sso", "tls", "security", "rest", "websocket",
    "deploy_internal",
)  # fmt: skip
_T = TypeVar("_T")
_C = TypeVar("_C", model.RestChannel, model.WebSocketChannel)


def load(directory: str | Path) -> model.Config:
    """The configuration of a server's directory.

    Raises:
        StartError: there is no server.conf.
        ConfigError: with every problem of the file, or because it cannot be read.
    """
    path = Path(directory).resolve() / FILE_NAME
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise StartError(
            f"There is no server in {path.parent}",
            str(path),
            "Name its directory, or make one: apitest server create DIR",
        ) from None
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror or error}"]) from None
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: not UTF-8, at byte {error.start}"]) from None
    return parse(text, path)


def parse(text: str, path: Path, modules: Collection[str] | None = None) -> model.Config:
    """The configuration in a text.

    Args:
        text: what server.conf says.
        path: named in the problems; its directory is the server's.
        modules: of internal services, what [deploy_internal] may list; those of this product if not given.

    Raises:
        ConfigError: with every problem of the text.
    """
    reader = Reader()
    root = reader.read(text)
    builder = _Builder(reader.problems, internal_modules() if modules is None else modules)
    config = builder.config(root, path.parent)
    if builder.problems:
        lines = [f"{path}:{line}: {problem}" for line, problem in sorted(builder.problems)]
        raise ConfigError(lines)
    return config


class _Builder:
    def __init__(self, problems: list[tuple[int, str]], modules: Collection[str]) -> None:
        self.problems = problems
        self.modules = modules

    def config(self, root: Section, directory: Path) -> model.Config:
        for key, entry in root.entries.items():
            self._problem(entry.line, f"`{key}` stands outside of any section")
        for name, section in root.sections.items():
            if name not in _SECTIONS:
                self._problem(section.line, f"unknown section `[{name}]`{_near(name, _SECTIONS)}")
        found = {name: root.sections.get(name, Section(name)) for name in _SECTIONS}
        security = tuple(self._many(found["security"], model.SecurityDefinition))
        for definition in security:
            self._credentials(found["security"].sections[definition.name], definition)
        return model.Config(
            directory=directory,
            main=self._one(found["main"], model.Main),
            limits=self._one(found["limits"], model.Limits),
            logging=self._one(found["logging"], model.Logging),
            services=self._one(found["services"], model.Services),
            odb=self._one(found["odb"], model.OdbSettings),
            pubsub=self._one(found["pubsub"], model.PubSub),
            kvdb=self._one(found["kvdb"], model.KeyValueDatabase),
            sso=self._one(found["sso"], SSO),
            tls=self._one(found["tls"], TLS),
            security=security,
            rest=self._channels(found["rest"], model.RestChannel, security),
            websocket=self._channels(found["websocket"], model.WebSocketChannel, security),
            deploy_internal=self._flags(found["deploy_internal"]),
        )

    def _problem(self, line: int, text: str) -> None:
        self.problems.append((line, text))

    def _one(self, section: Section, kind: type[_T], **given: object) -> _T:
        """One object out of a section's keys; ``given`` are fields that do not come from keys."""
        known = {item.name: item.metadata for item in fields(kind) if "kind" in item.metadata}  # type: ignore[arg-type]
        for name, inner in section.sections.items():
            self._problem(inner.line, f"`[{section.name}]` has no section `[[{name}]]` inside it")
        for key, entry in section.entries.items():
            if key not in known:
                self._problem(entry.line, f"unknown key `{key}` in `[{section.name}]`{_near(key, known)}")
                continue
            try:
                given[key] = known[key]["kind"](entry.value)
            except ValueError as error:
                shown = key if known[key].get("secret") else f"{key} = {entry.value}"
                self._problem(entry.line, f"`{shown}` {error}")
                given[key] = None  # It was given, so that no second problem says that it is missing
        for key, about in known.items():
            if about.get("required") and key not in given:
                self._problem(section.line, f"`[{section.name}]` needs the key `{key}`")
        return kind(**given)

    def _many(self, section: Section, kind: type[_T]) -> Iterable[_T]:
        for key, entry in section.entries.items():
            self._problem(entry.line, f"`{key}` stands in no `[[name]]` of `[{section.name}]`")
        return [self._one(inner, kind, name=name) for name, inner in section.sections.items()]

    def _credentials(self, section: Section, definition: model.SecurityDefinition) -> None:
        for item in fields(definition):
            missing = item.name not in section.entries
            if missing and definition.type in item.metadata.get("for", ()):
                what = f"`[{section.name}]`, a {definition.type}, needs the key `{item.name}`"
                self._problem(section.line, what)

    def _channels(
        self, section: Section, kind: type[_C], security: tuple[model.SecurityDefinition, ...]
    ) -> tuple[_C, ...]:
        names = [definition.name for definition in security]
        channels = tuple(self._many(section, kind))
        for channel in channels:
            if getattr(channel, "has_rbac", False) and not channel.security:
                line = section.sections[channel.name].entries["has_rbac"].line
                self._problem(line, "`has_rbac` needs the key `security`: roles are those of a definition")
            if channel.security and channel.security not in names:
                line = section.sections[channel.name].entries["security"].line
                near = _near(channel.security, names)
                self._problem(line, f"no security definition `{channel.security}`{near}")
        return channels

    def _flags(self, section: Section) -> dict[str, bool]:
        flags = {}
        for name, inner in section.sections.items():
            self._problem(inner.line, f"`[{section.name}]` has no section `[[{name}]]` inside it")
        for key, entry in section.entries.items():
            if key not in self.modules:
                near = _near(key, self.modules)
                self._problem(entry.line, f"there is no module `{key}` of internal services{near}")
            try:
                flags[key] = kinds.boolean(entry.value)
            except ValueError as error:
                self._problem(entry.line, f"`{key} = {entry.value}` {error}")
        return flags


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f"; did you mean `{found[0]}`?" if found else ""
