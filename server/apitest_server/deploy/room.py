"""Opens the deployed services to administrators: their files and their settings."""

from apitest_server.deploy.files import ServiceFiles
from apitest_server.deploy.objects import ServiceObjects
from apitest_server.deploy.settings import ServiceSettings
from apitest_server.room import Host, Room

KIND = "service"


def open_room(server: Host) -> Room:
    """Looks at the pick-up directory while the server runs, if server.conf says so."""
    have = server.components
    have.files = ServiceFiles(have.deployment)
    settings = have.settings = ServiceSettings(have.store, have.samples)
    hot_deploy = server.config.services.hot_deploy
    return Room(
        kinds={KIND: lambda: ServiceObjects(settings)},
        start=have.deployment.start if hot_deploy else None,
        close=have.deployment.close,
    )
