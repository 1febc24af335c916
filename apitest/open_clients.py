"""Open clients by kind and name, made on first use and closed together."""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from apitest.errors import said


class Closable(Protocol):
    """Something that is held open until it is closed."""

    def close(self) -> None:
        """Ends it; without effect if it has ended."""


Client = TypeVar("Client", bound=Closable)


class Clients:
    """Open clients by kind and name, made on first use and closed together."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Closable] = {}

    def get(self, kind: str, name: str, make: Callable[[], Client]) -> Client:
        """The open client of that kind and name, made if there is none."""
        found = self._open.get((kind, name))
        if found is None:
            found = self._open[kind, name] = make()
        return cast("Client", found)  # one kind is one class

    def find(self, kind: str, name: str) -> Closable | None:
        """The open client of that kind and name, if there is one."""
        return self._open.get((kind, name))

    def names(self, kind: str) -> list[str]:
        """The names of the open clients of a kind."""
        return [name for known, name in self._open if known == kind]

    def put(self, kind: str, name: str, client: Closable) -> None:
        """Takes a client in; one of the same kind and name is closed first."""
        self.drop(kind, name)
        self._open[kind, name] = client

    def drop(self, kind: str, name: str) -> bool:
        """Closes one client; false if there was none."""
        client = self._open.pop((kind, name), None)
        if client is not None:
            client.close()
        return client is not None

    def close(self) -> None:
        """Closes all, the newest first; each is closed even if one before it fails to.

        Raises:
            Exception: the first failure, once all others are closed; further ones are its notes.
        """
        first: Exception | None = None
        while self._open:
            (kind, name), client = self._open.popitem()
            try:
                client.close()
            except Exception as error:
                error.add_note(f"while closing {kind} {name}".rstrip())
                if first is None:
                    first = error
                else:
                    first.add_note(f"{kind} {name} could not be closed either: {said(error)}")
        if first is not None:
            raise first
