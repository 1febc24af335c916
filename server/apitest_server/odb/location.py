"""PURE  Where the ODB is: its URL in server.conf -> what drivers and people are given."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FILE_NAME = "odb.sqlite"
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Location:
    """The ODB's place.

    Attributes:
        path: of the SQLite file; ``None`` for PostgreSQL.
        url: ``postgresql://…``; empty for SQLite.
    """

    path: Path | None
    url: str = ""

    @property
    def sqlalchemy_url(self) -> str:
        """The URL for SQLAlchemy, which names the driver."""
        if self.path is not None:
            return f"{_SQLITE}{self.path}"
        return f"postgresql+psycopg://{self.url.partition('://')[2]}"

    def __str__(self) -> str:
        """For people: without the password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{parts.hostname or ''}{port}{parts.path}"


def location(url: str, directory: Path) -> Location:
    """The ODB of a server.

    Args:
        url: from server.conf; empty for SQLite in the server's directory. A relative path starts there.
        directory: the server's.
    """
    if not url:
        return Location(directory / FILE_NAME)
    if url.startswith(_SQLITE):
        return Location(directory / url.removeprefix(_SQLITE))
    return Location(None, url)
