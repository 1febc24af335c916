"""Connections of technologies that this server has no driver for: they are kept, and whoever uses one is told."""

from pathlib import Path
from typing import NoReturn

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject


class WithoutDriver:
    """One definition.

    Attributes:
        technology: what would be connected to.
    """

    technology: str

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin."""
        self.name = item.name

    @property
    def conn(self) -> "WithoutDriver":
        """The connection itself, by the name that existing services use."""
        return self

    def refuse(self, *arguments: object, **options: object) -> NoReturn:
        """Says so, whatever it is asked for.

        Raises:
            ServiceUnavailable: always.
        """
        problem = f"`{self.name}` cannot be used: no driver for {self.technology} is installed"
        raise ServiceUnavailable(f"{problem}; this server only keeps the definition")

    # What existing services and clients ask such connections for
    client = refuse
    ping = refuse
    send = refuse

    def close(self) -> None:
        """There is nothing to close."""


class SAPConnection(WithoutDriver):
    """One to SAP, over RFC."""

    technology = "SAP"


class WMQConnection(WithoutDriver):
    """One to a queue manager of IBM MQ."""

    technology = "IBM MQ"
