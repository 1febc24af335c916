"""Settings of services that are stored in the ODB, in the running server."""

from apitest_server.deploy.settings import ServiceSettings, Settings
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each


class ServiceObjects(Each):
    """Sets what is stored for a service, whose name is that of the object."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings

    def put(self, item: StoredObject) -> None:
        """Counts from the next call on."""
        self._settings.set(item.name, Settings(item.id, **item.fields))

    def remove(self, item: StoredObject) -> None:
        """Goes back to the defaults."""
        self._settings.reset(item.name)
