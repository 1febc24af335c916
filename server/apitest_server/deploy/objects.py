"""Settings of services that are stored in the ODB, in the running server."""

from apitest_server.deploy.settings import ServiceSettings, Settings
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.live import Each, LiveObjects

KIND = "service"


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


class Activation:
    """What is deployed anew may be called, also if it was switched off before."""

    def __init__(self, settings: ServiceSettings, odb: ODB, live: LiveObjects) -> None:
        self._settings = settings
        self._odb = odb
        self._live = live

    def __call__(self, services: list[str]) -> None:
        """Switches services on, in the ODB and at once in the server.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        for name in services:
            if not self._settings.of(name).is_active:
                self._switch_on(self._settings.of(name).id)

    def _switch_on(self, number: int) -> None:
        from apitest_server.odb.rows import Draft, Objects

        with self._odb.changing:
            with self._odb.writing() as session:
                rows = Objects(session, self._odb.key.open)
                found = rows.get((KIND,), "service", number)
                fields = {**found.fields, "is_active": True}
                item = rows.change(number, Draft(KIND, "service", KIND, found.name, fields))
            self._live.put(item)
