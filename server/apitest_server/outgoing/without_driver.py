"""Connections of technologies that this server has no driver for: they are kept, and whoever uses one is told."""

from typing import NoReturn

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject


class WithoutDriver:
    """One definition."""

    def __init__(self, item: StoredObject, technology: str) -> None:
        """Takes the definition, and what would be connected to."""
        self.name = item.name
        self._technology = technology

    @property
    def conn(self) -> "WithoutDriver":
        """The connection itself, by the name that existing services use."""
        return self

    def refuse(self, *arguments: object, **options: object) -> NoReturn:
        """Says so, whatever it is asked for.

        Raises:
            ServiceUnavailable: always.
        """
        problem = f"`{self.name}` cannot be used: no driver for {self._technology} is installed"
        raise ServiceUnavailable(f"{problem}; this server only keeps the definition")

    # What existing services and clients ask such connections for
    client = refuse
    ping = refuse
    send = refuse

    def close(self) -> None:
        """There is nothing to close."""
