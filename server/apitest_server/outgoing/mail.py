"""What connections to servers of e-mail have in common: how TLS begins, on which port, and their sessions."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Generic, Self, TypeVar

from apitest_server.odb import StoredObject
from apitest_server.outgoing.sessions import Sessions
from apitest_server.outgoing.tls import context
from apitest_server.redaction import without

Session = TypeVar("Session")


class MailConnection(Generic[Session]):
    """One definition, ready to be used by any thread; connects when it is first used.

    Attributes:
        ports: the modes in which TLS may begin, and the port of each; the first one is the default.
        name: its name.
    """

    ports: ClassVar[Mapping[str, int]]
    _sessions: Sessions[Session]

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        self.name = item.name
        self._item = item
        self._mode = item.fields.get("mode") or next(iter(self.ports))
        self._tls = None if self._mode == "plain" else context(item.fields, directory)

    @property
    def conn(self) -> Self:
        """The connection itself, by the name that existing services use."""
        return self

    def close(self) -> None:
        """Ends what is not in use."""
        self._sessions.close()

    @property
    def _port(self) -> int:
        return int(self._item.fields.get("port") or self.ports[self._mode])

    @property
    def _place(self) -> str:
        return f"{self._item.fields['host']}:{self._port}"

    def _clean(self, said: str) -> str:
        """In one line; no secret is in it, whatever the server answers."""
        return without(" ".join(said.split()), [self._item.secret("password")])
