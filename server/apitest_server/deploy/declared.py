"""Channels of server.conf whose service is not deployed: told at the start, and not only to who calls one first."""

from logging import getLogger

from apitest_server.config import Config
from apitest_server.deploy.store import ServiceStore
from apitest_server.errors import NoSuchService

logger = getLogger("apitest.server")


def warn_of_missing(config: Config, store: ServiceStore) -> None:
    """Logs them; the server starts all the same, since a file with the service may still come."""
    for section, channels in (("rest", config.rest), ("websocket", config.websocket)):
        for channel in channels:
            try:
                store.about(channel.service)
            except NoSuchService as error:
                logger.warning("Channel `%s` of [%s] in server.conf: %s", channel.name, section, error)
