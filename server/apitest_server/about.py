"""What is known of the running server, and what can be changed of it while it runs."""

import logging
import os
import socket
from datetime import UTC, datetime

from apitest_server.components import Key
from apitest_server.config import Config

WEB_ADMIN = "/zato/admin/"  # Where web-admin is


class ServerInfo:
    """This server; of a cluster it is the one that knows about itself."""

    id = 1

    def __init__(self, config: Config) -> None:
        """Takes what server.conf says; the server starts now."""
        self._config = config
        self._name = config.main.name
        self._started = datetime.now(UTC)

    def row(self) -> dict[str, object]:
        """Everything that is shown."""
        return {
            "id": self.id,
            "name": self._name,
            "cluster_id": 1,
            "host": self._config.main.host,
            "port": self._config.main.port,
            "pid": os.getpid(),
            "machine": socket.gethostname(),
            "started": self._started,
            "up_seconds": round((datetime.now(UTC) - self._started).total_seconds(), 3),
            "log_level": logging.getLevelName(logging.getLogger().getEffectiveLevel()),
        }

    def rename(self, name: str) -> None:
        """What it is shown as from now on, until the server ends."""
        self._name = name

    def set_log_level(self, level: str) -> None:
        """What goes to the log from now on, until the server ends."""
        logging.getLogger().setLevel(level)


SERVER_INFO: Key[ServerInfo] = Key("server_info")
