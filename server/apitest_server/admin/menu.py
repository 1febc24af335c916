"""PURE  The menu: kinds of objects in groups, told by the beginnings of their names."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

_GROUPS = {
    "cache": "Caches and storage",
    "channel": "Channels",
    "cloud": "Caches and storage",
    "definition": "Definitions",
    "email": "E-mail",
    "http-soap": "Channels",
    "kvdb": "Data dictionaries",
    "outgoing": "Outgoing connections",
    "pubsub": "Publish/subscribe",
    "query": "Definitions",
    "search": "Search",
    "security": "Security",
}
_REST = "Objects"
_ORDER = (
    "Channels", "Outgoing connections", "Definitions", "Publish/subscribe", "E-mail", "Caches and storage",
    "Search", "Data dictionaries", "Security", _REST,
)  # fmt: skip


class Entry(NamedTuple):
    """A line of the menu.

    Attributes:
        name: of the kind.
        title: of its objects, in the plural.
    """

    name: str
    title: str


def groups(kinds: Iterable[Mapping[str, str]]) -> list[tuple[str, list[Entry]]]:
    """The groups that have entries, in their order, the entries of each by title.

    Args:
        kinds: each with its ``name`` and ``plural``.
    """
    found: dict[str, list[Entry]] = {}
    for kind in kinds:
        group = _GROUPS.get(kind["name"].partition(".")[0], _REST)
        found.setdefault(group, []).append(Entry(kind["name"], kind["plural"]))
    return [(group, sorted(found[group], key=lambda entry: entry.title)) for group in _ORDER if group in found]
