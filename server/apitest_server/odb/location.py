"""PURE  Where the ODB is: its URL in server.conf -> what drivers and people are given."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from apitest_server.redaction import is_secret, without

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
    url: str = field(default="", repr=False)

    @property
    def sqlalchemy_url(self) -> str:
        """The URL for SQLAlchemy, which names the driver."""
        if self.path is not None:
            return f"{_SQLITE}{self.path}"
        return f"postgresql+psycopg://{self.url.partition('://')[2]}"

    def __str__(self) -> str:
        """For people: without the user, the password and the parameters."""
        if self.path is not None:
            return str(self.path)
        return f"postgresql://{self._place.rpartition('@')[2]}"

    def told(self, error: Exception) -> str:
        """What a driver says: its first line, without what is secret in the URL."""
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        password = self._place.rpartition("@")[0].partition(":")[2]
        parameters = parse_qsl(self.url.partition("?")[2], keep_blank_values=True)
        secrets = [password, unquote(password), *(value for name, value in parameters if is_secret(name))]
        return without(said, secrets)

    @property
    def _place(self) -> str:
        return self.url.partition("://")[2].partition("?")[0]


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
