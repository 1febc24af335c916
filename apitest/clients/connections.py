"""The connections to databases that a feature opened, by their names, and how long a statement may take."""

from math import inf
from typing import NamedTuple, Protocol, cast

from apitest.context import FeatureContext
from apitest.errors import BadValue
from apitest.language.literals import quoted
from apitest.language.suggestions import did_you_mean, near_misses


class StatementSettings(NamedTuple):
    """What a step says, or the default.

    Attributes:
        timeout: seconds that one statement may take; no limit of ours unless a step waits, which has a time of its own.
    """

    timeout: float = inf


class Connection(Protocol):
    """A connection that is open until it is closed."""

    closed: bool

    def close(self) -> None:
        """Disconnects; without effect on a closed connection."""


def keep(zato: FeatureContext, kind: str, name: str, connection: Connection) -> None:
    """Keeps a connection for the rest of the feature; one of the same name is closed.

    Sentences find it as ``name`` and as ``#name``, as in zato-apitest.

    Args:
        zato: the feature.
        kind: "SQL" or "Cassandra".
        name: what the sentences call it.
        connection: just opened.
    """
    zato.clients.put(kind, name, connection)
    zato.user_ctx[name] = connection


def find(zato: FeatureContext, kind: str, given: object) -> Connection:
    """The open connection of a name; a connection, which is what ``#name`` stands for, is taken as it is.

    Raises:
        BadValue: there is none of that name, or it is closed.
    """
    connection = zato.clients.find(kind, given) if isinstance(given, str) else given
    if connection is None:
        raise _unknown(kind, str(given), zato.clients.names(kind))
    closed = getattr(connection, "closed", None)
    if closed is None:
        raise BadValue(f"{quoted(given)} is not an open {kind} connection", fix=_opening(kind))
    if closed:
        connection = cast("Connection", connection)
        raise BadValue(f"The {kind} connection {_name(zato, kind, connection)} is closed", fix="Connect again.")
    return cast("Connection", connection)


def close(zato: FeatureContext, kind: str, given: object) -> None:
    """Closes a connection; an error tells that it is closed if it is used again.

    Raises:
        BadValue: as of `find`.
    """
    find(zato, kind, given).close()


def _name(zato: FeatureContext, kind: str, connection: Connection) -> str:
    names = (name for name in zato.clients.names(kind) if zato.clients.find(kind, name) is connection)
    return f'"{next(names, "")}"'


def _unknown(kind: str, name: str, known: list[str]) -> BadValue:
    likely = did_you_mean(near_misses(name, known))
    fix = likely or (f"Open connections: {', '.join(known)}." if known else _opening(kind))
    error = BadValue(f'There is no {kind} connection "{name}" in this feature', fix=fix)
    error.needs = f"#{name}"  # which is what a connection is stored under, too
    return error


def _opening(kind: str) -> str:
    sentence = 'I connect to "URL" as' if kind == "SQL" else 'I connect to keyspace "…" as'
    return f'Open it before, and call it by its name: Given {sentence} "name"'
