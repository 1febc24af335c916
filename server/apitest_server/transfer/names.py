"""PURE  The names of files: which are wanted, who has taken one, and what one is called where its name is in use.

A file that a server takes gets another name: of several servers that see it, one can rename it. ``orders.csv`` becomes
``orders.csv.<mark>-<run>-<number>.taken``: the servers of one ODB have the same mark, and a run is that of one of them.
"""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

_TAKEN = re.compile(r"(?P<name>.+)\.(?P<mark>[0-9a-f]{8})-(?P<run>[0-9a-f]+)-(?P<number>\d+)\.taken", re.DOTALL)


class Owner(NamedTuple):
    """Who has taken a file.

    Attributes:
        mark: of the servers that share an ODB.
        run: of the server.
        number: of the channel, counted by the server.
    """

    mark: str
    run: str
    number: int


def taken(name: str, owner: Owner) -> str:
    """What a file is called that somebody has taken."""
    return f"{name}.{owner.mark}-{owner.run}-{owner.number}.taken"


def owner_of(name: str) -> tuple[str, Owner] | None:
    """What a file was called, and who has taken it; ``None`` for one that nobody has."""
    found = _TAKEN.fullmatch(name)
    return found and (found["name"], Owner(found["mark"], found["run"], int(found["number"])))


def is_wanted(name: str, patterns: Sequence[str], is_case_sensitive: bool) -> bool:
    """Whether a file's name matches one of the patterns; those that begin with a dot, and those taken, never do."""
    if name.startswith(".") or owner_of(name):
        return False
    if is_case_sensitive:
        return any(fnmatchcase(name, pattern) for pattern in patterns)
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def renamed(name: str, time: str) -> str:
    """A name with a time in it, ahead of the ending: for one that is in use already."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{time}{dot}{ending}" if stem else f"{name}-{time}"


def listed(text: str) -> tuple[str, ...]:
    """What stands in a text, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
