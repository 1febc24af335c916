"""Groups of Basic Auth definitions: whoever proves to be one of them is the member that the definition belongs to."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from apitest_server.components import Key
from apitest_server.security import credentials
from apitest_server.security.definitions import BasicAuth, Checker, Verdict
from apitest_server.security.passwords import Verifier

ENDPOINTS = "\0endpoints"  # The key of the group of publish/subscribe endpoints


class Group:
    """Checks requests against the definitions of its members; which these are may change at any time.

    What it costs to refuse somebody does not tell whether there is a member of that user name.
    """

    challenge = ""

    def __init__(self, checkers: Callable[[], Mapping[str, Checker]], verifier: Verifier) -> None:
        """Takes what gives the definitions of the server by key, and what verifies their passwords."""
        self._checkers = checkers
        self._verifier = verifier
        self._members: dict[int, tuple[str, str]] = {}
        self._seen: tuple[object, object] = (None, None)
        self._by_username: Mapping[str, list[tuple[str, BasicAuth]]] = {}

    def put(self, number: int, name: str, key: str) -> None:
        """Adds a member, or changes it: its ID and name, and the key of the definition that it is known by."""
        self._members = {**self._members, number: (name, key)}

    def remove(self, number: int) -> None:
        """Forgets a member, if it is one."""
        self._members = {other: member for other, member in self._members.items() if other != number}

    def claimed(self, headers: Mapping[str, str]) -> str | None:
        """The user name."""
        given = credentials.basic(headers.get("authorization", ""))
        return None if given is None else given[0]

    def check(self, headers: Mapping[str, str]) -> Verdict:
        """The member's name."""
        given = credentials.basic(headers.get("authorization", ""))
        later: list[tuple[str, Callable[[], str | None]]] = []
        for name, checks in self._named(given[0]) if given else ():
            verdict = checks.check(headers)
            if isinstance(verdict, str):
                return name
            if verdict is not None:
                later.append((name, verdict))
        return (lambda: _first(later)) if later else None

    def headers(self, username: str, secret: str) -> dict[str, str]:
        """User name and password."""
        return {} if ":" in username else {"authorization": credentials.basic_value(username, secret)}

    def scheme(self) -> dict[str, str]:
        """HTTP Basic Auth."""
        return {"type": "http", "scheme": "basic"}

    def _named(self, username: str) -> list[tuple[str, BasicAuth]]:
        seen = (self._checkers(), self._members)
        if seen[0] is not self._seen[0] or seen[1] is not self._seen[1]:
            found: dict[str, list[tuple[str, BasicAuth]]] = defaultdict(list)
            for name, key in seen[1].values():
                checks = seen[0].get(key)
                if isinstance(checks, BasicAuth):
                    found[checks.username].append((name, checks))
            self._by_username, self._seen = dict(found), seen
        return self._by_username.get(username, [])


def _first(later: list[tuple[str, Callable[[], str | None]]]) -> str | None:
    return next((name for name, verify in later if verify() is not None), None)


GROUP: Key[Group] = Key("endpoints")
