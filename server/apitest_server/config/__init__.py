"""server.conf -> frozen objects; every problem of the file is reported together, before the server starts."""

from apitest_server.config.model import Config, Limits, Main, RestChannel, SecurityDefinition, Services
from apitest_server.config.reader import FILE_NAME, load, parse

__all__ = [
    "FILE_NAME",
    "Config",
    "Limits",
    "Main",
    "RestChannel",
    "SecurityDefinition",
    "Services",
    "load",
    "parse",
]
