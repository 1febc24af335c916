"""What administrators set for a service: whether it may be called, what is kept of its calls."""

from dataclasses import dataclass
from typing import Protocol

from apitest_server.components import Key
from apitest_server.deploy.store import ServiceStore


class Sampling(Protocol):
    """Keeps requests and responses of services."""

    def configure(self, service: str, every: int = 0, slow_threshold: int = 0) -> None:
        """Every so many-th call, and those that take more milliseconds than this."""

    def forget(self, service: str) -> None:
        """Keeps nothing of a service any more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one service.

    Attributes:
        id: of what is stored of them; 0 where they were never changed.
        is_active: whether it may be called.
        slow_threshold: in milliseconds; the calls that take longer are kept. 0 is none.
        sample_every: each call of this many is kept. 0 is none.
    """

    id: int = 0
    is_active: bool = True
    slow_threshold: int = 0
    sample_every: int = 0


class ServiceSettings:
    """The settings of all services; those that were never changed have the defaults."""

    def __init__(self, store: ServiceStore, sampling: Sampling) -> None:
        self._store = store
        self._sampling = sampling
        self._of: dict[str, Settings] = {}

    def of(self, service: str) -> Settings:
        """The settings of a service."""
        return self._of.get(service, Settings())

    def set(self, service: str, found: Settings) -> None:
        """Counts from the next call on."""
        self._of[service] = found
        self._sampling.configure(service, found.sample_every, found.slow_threshold)
        self._publish()

    def reset(self, service: str) -> None:
        """Goes back to the defaults."""
        self._of.pop(service, None)
        self._sampling.forget(service)
        self._publish()

    def _publish(self) -> None:
        self._store.inactive = frozenset(name for name, settings in self._of.items() if not settings.is_active)


SETTINGS: Key[ServiceSettings] = Key("settings")
SAMPLING: Key[Sampling] = Key("sampling")
