"""PURE  Commands of Redis, as people write them."""

import shlex

from apitest_server.errors import InputError

# What changes the connection, which others use next, or never ends
_REFUSED = {
    "AUTH", "BLMOVE", "BLMPOP", "BLPOP", "BRPOP", "BRPOPLPUSH", "BZMPOP", "BZPOPMAX", "BZPOPMIN", "CLIENT", "DISCARD",
    "EXEC", "HELLO", "MONITOR", "MULTI", "PSUBSCRIBE", "PSYNC", "PUNSUBSCRIBE", "QUIT", "REPLCONF", "RESET", "SELECT",
    "SSUBSCRIBE", "SUBSCRIBE", "SUNSUBSCRIBE", "SYNC", "UNSUBSCRIBE", "UNWATCH", "WAIT", "WAITAOF", "WATCH",
}  # fmt: skip


def words(command: str) -> list[str]:
    """The words of a command; quotes keep words together.

    Raises:
        InputError: there is none, a quote is not closed, or the command makes no sense over a shared connection.
    """
    try:
        found = shlex.split(command)
    except ValueError:
        raise InputError("command", "has a quote that is not closed") from None
    if not found:
        raise InputError("command", "must not be empty")
    if found[0].upper() in _REFUSED:
        name = found[0].upper()
        raise InputError("command", f"must not be {name}: it waits, or changes the connection, which is shared")
    return found
