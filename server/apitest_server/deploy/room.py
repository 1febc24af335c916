"""Opens the deployed services to administrators: their files and their settings."""

from apitest_server.deploy.files import FILES, ServiceFiles
from apitest_server.deploy.hot_deploy import DEPLOYMENT
from apitest_server.deploy.objects import KIND, Activation, ServiceObjects
from apitest_server.deploy.settings import SAMPLING, SETTINGS, ServiceSettings
from apitest_server.deploy.store import STORE
from apitest_server.odb import DATABASE
from apitest_server.odb.live import LIVE
from apitest_server.room import Host, Room


def open_room(server: Host) -> Room:
    """Looks at the pick-up directory while the server runs, if server.conf says so."""
    have = server.components
    deployment = have[DEPLOYMENT]
    have[FILES] = ServiceFiles(deployment)
    have[SETTINGS] = settings = ServiceSettings(have[STORE], have[SAMPLING])
    deployment.anew = Activation(settings, have[DATABASE], have[LIVE])
    hot_deploy = server.config.services.hot_deploy
    return Room(
        kinds={KIND: lambda: ServiceObjects(settings)},
        start=deployment.start if hot_deploy else None,
        close=deployment.close,
    )
