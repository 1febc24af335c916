"""``self.out``: outgoing connections, by technology and by name."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from apitest_server.components import Key
from apitest_server.errors import ComponentMissing

T = TypeVar("T")
_FIX = "Create it, or check that it is active; if it cannot be used, the log has said so when the server started"


class Connections(Mapping[str, T]):
    """The connections of one technology by name: ``self.out.rest["CRM"]``, also ``.get("CRM")``.

    They are kept by ID, so that one can be renamed. What is read is never changed, only replaced.
    """

    def __init__(self, title: str) -> None:
        """Takes what the connections are called in errors."""
        self.title = title
        self._names: dict[int, str] = {}
        self._found: dict[str, T] = {}

    def put(self, number: int, name: str, connection: T) -> None:
        """Adds a connection, or puts it in the place of that with the same ID."""
        found = dict(self._found)
        found.pop(self._names.get(number, ""), None)
        found[name] = connection
        self._names[number] = name
        self._found = found

    def drop(self, number: int) -> T | None:
        """Takes a connection out and returns it."""
        found = dict(self._found)
        gone = found.pop(self._names.pop(number, ""), None)
        self._found = found
        return gone

    def __getitem__(self, name: str) -> T:
        try:
            return self._found[name]
        except KeyError:
            near = get_close_matches(str(name), self._found, n=1)
            fix = f"Did you mean `{near[0]}`?" if near else _FIX
            raise ComponentMissing(f"There is no {self.title} `{name}`", "", fix) from None

    def with_id(self, number: int) -> T:
        """The connection of an ID, whatever its name is now.

        Raises:
            ComponentMissing: there is none.
        """
        found = self._found.get(self._names.get(number, ""))
        if found is None:
            raise ComponentMissing(f"There is no {self.title} with ID {number}", "", _FIX)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The connection of a name.

        Raises:
            ComponentMissing: there is none; so that it is this that is told, not what fails later.
        """
        return self[name] if default is None else self._found.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Outgoing:
    """Technology -> its connections, as attributes: ``self.out.rest``, ``self.out.sql``."""

    def __init__(self) -> None:
        self._technologies: dict[str, Any] = {}

    def add(self, technology: str, connections: Any) -> None:
        """Offers a technology to services under a name."""
        self._technologies[technology] = connections

    def __getattr__(self, technology: str) -> Any:
        if technology.startswith("_"):
            raise AttributeError(technology)
        try:
            return self._technologies[technology]
        except KeyError:
            known = ", ".join(sorted(self._technologies)) or "none"
            problem = f"This server has no connections of the kind `{technology}`"
            raise ComponentMissing(problem, "", f"There is: {known}") from None


OUTGOING: Key[Outgoing] = Key("outgoing")
CLOUDS: Key[Outgoing] = Key("clouds")
SEARCHES: Key[Outgoing] = Key("searches")
EMAILS: Key[Outgoing] = Key("emails")
DEFINITIONS: Key[Outgoing] = Key("definitions")
CACHES: Key[Outgoing] = Key("caches")
