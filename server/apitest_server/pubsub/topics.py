"""PURE  Names of topics, and the patterns by which endpoints may publish and subscribe to them.

A pattern is a line such as ``pub=/customer/*`` or ``sub=/**``: ``*`` stands for any text within one segment of a name,
``**`` for one segment or more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

Right = Literal["pub", "sub"]
LONGEST = 200  # characters of a topic's name
EVERYTHING = "/**"
_MOST_KNOWN = 1000  # names of topics for which it is kept whether a pattern matches
_MANY = "**"
_REFUSED = "*?#"  # Wildcards, and what would end the path of an address
A = TypeVar("A")
B = TypeVar("B")


def checked_name(name: str) -> str:
    """A topic's name, as it is.

    Raises:
        ValueError: it cannot be one; says why.
    """
    if not name.startswith("/"):
        raise ValueError(f"The name of a topic must start with `/`: `{name}`")
    if len(name) > LONGEST:
        raise ValueError(f"The name of a topic must have {LONGEST} characters at most, this one has {len(name)}")
    if any(not segment.strip() or segment != segment.strip() for segment in name[1:].split("/")):
        raise ValueError(f"A segment of a topic's name must not be empty, or begin or end with a space: `{name}`")
    if not name.isprintable() or any(char in _REFUSED for char in name):
        raise ValueError(f"The name of a topic must not contain `*`, `?`, `#` or control characters: {name!r}")
    return name


def name_in_path(rest: str) -> str:
    """The topic's name in what follows ``/zato/pubsub/topic`` in a path: clients write one slash there, or two."""
    return "/" + rest.lstrip("/")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which topics a line of permissions is about.

    Attributes:
        text: as it was written.
        segments: of the pattern; ``**`` is any segment followed by ``None``, which stands for any number of them.
    """

    text: str
    segments: tuple[str | None, ...]

    def matches(self, name: str) -> bool:
        """Whether a topic of this name is among them."""
        return _matches(self.segments, name[1:].split("/"), _segment_matches)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What an endpoint may do.

    Attributes:
        publish: patterns of the topics that it may publish to.
        subscribe: of those that it may subscribe to.
    """

    publish: tuple[Pattern, ...] = ()
    subscribe: tuple[Pattern, ...] = ()
    _known: dict[tuple[Right, str], bool] = field(default_factory=dict, compare=False, repr=False)

    def allow(self, right: Right, name: str) -> bool:
        """Whether there is a pattern for it; what was found is kept, since each delivery asks."""
        found = self._known.get((right, name))
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            patterns = self.publish if right == "pub" else self.subscribe
            found = self._known[right, name] = any(pattern.matches(name) for pattern in patterns)
        return found


def permissions(text: str) -> Permissions:
    """The patterns of an endpoint, one a line.

    Raises:
        ValueError: a line cannot be used; says which, why, and what to write.
    """
    found: dict[str, list[Pattern]] = {"pub": [], "sub": []}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        right, equals, pattern = (part.strip() for part in line.partition("="))
        if not equals or right not in found:
            raise ValueError(f"Line {number} of the topic patterns must begin with `pub=` or `sub=`: `{line.strip()}`")
        try:
            found[right].append(_pattern(pattern))
        except ValueError as error:
            raise ValueError(f"Line {number} of the topic patterns: {error}") from None
    return Permissions(tuple(found["pub"]), tuple(found["sub"]))


def _pattern(text: str) -> Pattern:
    if not text.startswith("/"):
        advice = f"for all topics write `{EVERYTHING}`" if text.strip("*") == "" else f"did you mean `/{text}`?"
        raise ValueError(f"a pattern must start with `/`, {advice}")
    parts = text[1:].split("/")
    if not all(part.strip() for part in parts):
        raise ValueError(f"`{text}` has an empty segment, which no topic has")
    if any(_MANY in part and part != _MANY for part in parts):
        raise ValueError(f"`**` must be a segment by itself, as in `/a/**`, which it is not in `{text}`")
    if text != EVERYTHING and _MANY in parts and not text.strip("/*"):
        raise ValueError(f"`{text}` would match nearly all topics; if that is what you want, write `{EVERYTHING}`")
    segments: list[str | None] = []
    for part in parts:
        segments += ["*", None] if part == _MANY else [part]
    return Pattern(text, tuple(segments))


def _segment_matches(pattern: str, segment: str) -> bool:
    chars: Iterable[str | None] = (None if char == "*" else char for char in pattern)
    return _matches(tuple(chars), segment, str.__eq__)


def _matches(pattern: Sequence[A | None], items: Sequence[B], equal: Callable[[A, B], bool]) -> bool:
    """Whether items match a pattern in which ``None`` stands for any number of them.

    Only the latest ``None`` has to be tried again with one item more, so the time is at most their product.
    """
    at, position, star, tried = 0, 0, -1, 0
    while position < len(items):
        wanted = pattern[at] if at < len(pattern) else None
        if wanted is not None and equal(wanted, items[position]):
            at, position = at + 1, position + 1
        elif wanted is None and at < len(pattern):
            star, tried, at = at, position, at + 1
        elif star >= 0:
            tried += 1
            at, position = star + 1, tried
        else:
            return False
    return all(wanted is None for wanted in pattern[at:])
