"""The connections to databases that a feature opened, by the names that it gave them."""

from typing import Any

from apitest.context import FeatureContext
from apitest.errors import BadValue
from apitest.language.literals import quoted
from apitest.language.suggestions import did_you_mean, near_misses


def keep(zato: FeatureContext, kind: str, name: str, connection: Any) -> None:
    """Keeps a connection for the rest of the feature; one of the same name is closed.

    Sentences find it as ``name`` and as ``#name``, which is what zato-apitest made of it.

    Args:
        zato: the feature.
        kind: "SQL" or "Cassandra".
        name: what the sentences call it.
        connection: has ``close()`` and ``closed``.
    """
    zato.clients.put(kind, name, connection)
    zato.user_ctx[name] = connection


def find(zato: FeatureContext, kind: str, given: Any) -> Any:
    """The open connection of a name; what a variable holds is taken for the connection itself.

    Raises:
        BadValue: there was none of that name, or it is closed.
    """
    connection = zato.clients.find(kind, given) if isinstance(given, str) else given
    if connection is None:
        raise _unknown(kind, given, zato.clients.names(kind))
    closed = getattr(connection, "closed", None)
    if closed is None:
        raise BadValue(f"{quoted(given)} is no {kind} connection", fix=_opening(kind))
    if closed:
        raise BadValue(f"The {kind} connection {_name(zato, kind, connection)} is closed", fix="Connect again.")
    return connection


def close(zato: FeatureContext, kind: str, given: Any) -> None:
    """Closes a connection; it is remembered, so that its use afterwards is told as that.

    Raises:
        BadValue: as of `find`.
    """
    find(zato, kind, given).close()


def _name(zato: FeatureContext, kind: str, connection: Any) -> str:
    names = (name for name in zato.clients.names(kind) if zato.clients.find(kind, name) is connection)
    return f'"{next(names, "")}"'


def _unknown(kind: str, name: str, known: list[str]) -> BadValue:
    likely = did_you_mean(near_misses(name, known))
    fix = likely or (f"Open are {', '.join(known)}." if known else _opening(kind))
    return BadValue(f'This feature opened no {kind} connection "{name}"', fix=fix)


def _opening(kind: str) -> str:
    sentence = 'I connect to "URL" as' if kind == "SQL" else 'I connect to keyspace "…" as'
    return f'Open it before, and call it by its name: Given {sentence} "name"'
