"""What is known of the running server, and what can be changed of it while it runs."""

import logging
import os
import socket
from dataclasses import replace
from datetime import UTC, datetime

from apitest_server.components import Key
from apitest_server.config import FILE_NAME, Config, load, parse
from apitest_server.config.changed import Changes, changes
from apitest_server.config.edited import edited
from apitest_server.errors import BadRequest, ConfigError, ServerError

WEB_ADMIN = "/zato/admin/"  # Where web-admin is


class ServerInfo:
    """This server; of a cluster it is the one that knows about itself.

    Attributes:
        name: what it is called.
        directory: its own, where server.conf is.
    """

    id = 1

    def __init__(self, config: Config) -> None:
        """Takes what server.conf says; the server starts now."""
        self._config = config
        self.name = config.main.name
        self.directory = config.directory
        self._started = datetime.now(UTC)

    def row(self) -> dict[str, object]:
        """Everything that is shown."""
        return {
            "id": self.id,
            "name": self.name,
            "cluster_id": 1,
            "host": self._config.main.host,
            "port": self._config.main.port,
            "pid": os.getpid(),
            "machine": socket.gethostname(),
            "started": self._started,
            "up_seconds": round((datetime.now(UTC) - self._started).total_seconds(), 3),
            "log_level": logging.getLevelName(logging.getLogger().getEffectiveLevel()),
        }

    def write_name(self, name: str) -> None:
        """Writes a name into server.conf, where the next start finds it.

        Raises:
            BadRequest: the file cannot be written, or cannot hold the name.
        """
        path = self._config.directory / FILE_NAME
        try:
            text = edited(path.read_text("utf-8") if path.exists() else "", {"main": {"name": name}})
            if parse(text, path).main.name != name:
                raise ValueError
            path.write_text(text, "utf-8")
            self._config = replace(self._config, main=replace(self._config.main, name=name))
        except OSError as error:
            raise BadRequest(f"{path} cannot be written: {error.strerror or error}") from None
        except (ValueError, ServerError):
            raise BadRequest(f"{path} cannot hold the name `{name}`") from None

    def read_again(self) -> tuple[Config, Changes]:
        """What server.conf says now, and what of that is new; a new level of the log is in effect.

        Raises:
            BadRequest: the file cannot be used; nothing has changed.
        """
        try:
            config = load(self._config.directory)
        except ConfigError as error:
            raise BadRequest("; ".join(error.problems)) from None
        except ServerError as error:
            raise BadRequest(error.problem) from None
        found = changes(self._config, config)
        if "logging.level" in found.applied:
            self.set_log_level(config.logging.level)
        self._config = replace(
            self._config,
            logging=replace(self._config.logging, level=config.logging.level),
            limits=replace(self._config.limits, request_timeout=config.limits.request_timeout),
        )
        return config, found

    def set_log_level(self, level: str) -> None:
        """What goes to the log from now on, until the server ends."""
        logging.getLogger().setLevel(level)


SERVER_INFO: Key[ServerInfo] = Key("server_info")
