"""server.conf -> frozen objects; every problem of the file is reported together, before the server starts."""

from apitest_server.config.internal import internal_modules
from apitest_server.config.model import (
    Config,
    Limits,
    Logging,
    Main,
    OdbSettings,
    PubSub,
    RestChannel,
    SecurityDefinition,
    Services,
    WebSocketChannel,
)
from apitest_server.config.reader import FILE_NAME, load, parse

__all__ = [
    "FILE_NAME",
    "Config",
    "Limits",
    "Logging",
    "Main",
    "OdbSettings",
    "PubSub",
    "RestChannel",
    "SecurityDefinition",
    "Services",
    "WebSocketChannel",
    "internal_modules",
    "load",
    "parse",
]
