"""What a scenario says of its connections, such as a time-out: settings by their kind, a class with defaults."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

Settings = TypeVar("Settings")


class Adjustable:
    """Has settings of any kind, which are the defaults of their class until a sentence changes them."""

    _settings: dict[object, dict[str, Any]]  # what each field may be, its class says

    def default_settings(self) -> None:
        """Gives all settings of all kinds their defaults."""
        self._settings = {}

    def settings(self, kind: Callable[..., Settings]) -> Settings:
        """The settings of a kind, such as `RequestSettings`: defaults, and what the scenario says."""
        return kind(**self._settings.get(kind, {}))

    def changed_settings(self, kind: Callable[..., Settings]) -> Mapping[str, Any]:
        """What the scenario says of a kind of settings, by the names of the fields."""
        return self._settings.get(kind, {})

    def change(self, kind: Callable[..., Settings], **fields: object) -> None:
        """Changes settings for the rest of the scenario."""
        self._settings[kind] = {**self._settings.get(kind, {}), **fields}

    def restore(self, kind: Callable[..., Settings], *names: str) -> None:
        """Gives settings their defaults again; without names, all of that kind."""
        kept = {name: value for name, value in self._settings.get(kind, {}).items() if names and name not in names}
        self._settings[kind] = kept

    @contextmanager
    def bounded(self, kind: Callable[..., Settings], **most: float) -> Iterator[None]:
        """For a while, no number of these settings is above this; afterwards they are as before."""
        before, now = self._settings.get(kind, {}), self.settings(kind)
        self.change(kind, **{name: min(getattr(now, name), limit) for name, limit in most.items()})
        try:
            yield
        finally:
            self._settings[kind] = before
