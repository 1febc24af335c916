"""Tests of apitest_server.deploy.settings."""

from apitest_server.deploy.settings import ServiceSettings, Settings
from apitest_server.deploy.store import ServiceStore


class Sampling:
    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def configure(self, service: str, every: int = 0, slow_threshold: int = 0) -> None:
        self.told.append((service, every, slow_threshold))

    def forget(self, service: str) -> None:
        self.told.append((service,))


def test_settings_go_to_the_store_and_to_the_samples() -> None:
    """A service without settings has the defaults."""
    store, sampling = ServiceStore(), Sampling()
    settings = ServiceSettings(store, sampling)
    assert settings.of("a") == Settings(0, True, 0, 0)
    settings.set("a", Settings(1, False, 20, 3))
    settings.set("b", Settings(2, True, 0, 1))
    assert store.inactive == {"a"}
    settings.reset("a")
    assert store.inactive == frozenset()
    assert sampling.told == [("a", 3, 20), ("b", 1, 0), ("a",)]
