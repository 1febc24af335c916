"""Tests of apitest_server.deploy.objects."""

from apitest_server.deploy.objects import ServiceObjects
from apitest_server.deploy.settings import ServiceSettings, Settings
from apitest_server.deploy.store import ServiceStore
from apitest_server.odb import StoredObject
from apitest_server.statistics.samples import Samples


def test_stored_settings_count_until_they_are_removed() -> None:
    """They are those of the service that the object is named after."""
    store = ServiceStore()
    settings = ServiceSettings(store, Samples())
    objects = ServiceObjects(settings)
    item = StoredObject(7, "service", "a", {"is_active": False, "slow_threshold": 5, "sample_every": 2})
    objects.load([item])
    assert settings.of("a") == Settings(7, False, 5, 2)
    assert store.inactive == {"a"}
    objects.remove(item)
    assert settings.of("a") == Settings()
    assert store.inactive == frozenset()
