"""Who is calling: the security definitions of a server, by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from apitest_server.config import SecurityDefinition
from apitest_server.errors import Unauthorized
from apitest_server.security.definitions import TYPES, Checker
from apitest_server.service.http import Headers


class Authentication:
    """Checks requests against definitions; ``define`` takes effect at once."""

    def __init__(self, definitions: Iterable[SecurityDefinition] = ()) -> None:
        self._checkers: dict[str, Checker] = {}
        for definition in definitions:
            self.define(definition)

    def define(self, definition: SecurityDefinition) -> None:
        """Adds a definition, or puts it in the place of that of the same name."""
        self._checkers[definition.name] = TYPES[definition.type](definition)

    def remove(self, name: str) -> None:
        """Forgets a definition; whoever still asks for it is refused."""
        self._checkers.pop(name, None)

    def user(self, name: str, scope: Mapping[str, Any]) -> str:
        """The user of a request, given as its ASGI scope.

        Raises:
            Unauthorized: no credentials or wrong ones; which of the two is not told.
        """
        checker = self._checkers.get(name)
        if checker is None:
            raise Unauthorized
        user = checker.check(Headers(scope["headers"]))
        if user is None:
            raise Unauthorized("", {"WWW-Authenticate": checker.challenge} if checker.challenge else None)
        return user
