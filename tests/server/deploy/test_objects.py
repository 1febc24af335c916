"""Tests of apitest_server.deploy.objects."""

from pathlib import Path

from apitest_server.deploy.objects import ServiceObjects
from apitest_server.deploy.settings import ServiceSettings, Settings
from apitest_server.deploy.store import ServiceStore
from apitest_server.odb import StoredObject
from apitest_server.statistics.samples import Samples
from tests.server.asgi import Client, served
from tests.server.internal.services import call

ONE = "from zato.server.service import Service\nclass One(Service):\n    def handle(self): return {answer}\n"


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


def settings_of(client: Client) -> tuple[bool, int]:
    found = call(client, "zato.service.get-by-name", {"name": "a.one"})
    return found["is_active"], found["slow_threshold"]


def test_a_service_whose_file_is_replaced_may_be_called(tmp_path: Path) -> None:
    """It was switched off; its other settings stay, a file that is refused changes nothing, nor does a new start."""
    off = {"name": "a.one", "is_active": False, "slow_threshold": 5}
    file = tmp_path / "services" / "a.py"
    with served(tmp_path, "[services]\nhot_deploy = False\n", a=ONE.format(answer=1)) as client:
        for answer, expected in ((2, True), ("(", False), (3, True)):
            call(client, "zato.service.edit", off)
            file.write_text(ONE.format(answer=answer), "utf-8")
            for _ in range(2):  # A change counts once it was seen twice
                client.app.deployment.scan()
            assert settings_of(client) == (expected, 5)
        assert call(client, "a.one") == 3
        call(client, "zato.service.edit", off)
    with served(tmp_path, "[services]\nhot_deploy = False\n") as client:
        assert settings_of(client) == (False, 5)
