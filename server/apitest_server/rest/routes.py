"""PURE  Paths and methods -> what answers them.

``/customers`` is a path, ``/customers/{id}`` has a parameter of one segment, ``/files/{path*}`` one that takes the
rest of the path. A path without parameters wins over one with; of two with parameters, the one with more fixed text.
"""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from apitest_server.errors import MethodNotAllowed, NotFound

T = TypeVar("T")
_PARAM = re.compile(r"\{([A-Za-z_]\w*)(\*?)\}")
_NO_PARAMS: dict[str, str] = {}


class _Methods(Generic[T]):
    """What answers one path, by method."""

    __slots__ = ("any", "by_method")

    def __init__(self) -> None:
        self.by_method: dict[str, T] = {}
        self.any: T | None = None

    def add(self, methods: tuple[str, ...], target: T) -> str:
        """Takes a target; returns the method that is taken already, or an empty string."""
        for method in methods:
            if self.by_method.setdefault(method, target) is not target:
                return method
        if not methods:
            if self.any is not None:
                return "any method"
            self.any = target
        return ""

    def get(self, method: str) -> T | None:
        """The target for a method; HEAD is answered by GET's."""
        found = self.by_method.get(method)
        if found is None and method == "HEAD":
            found = self.by_method.get("GET")
        return self.any if found is None else found

    def allowed(self) -> tuple[str, ...]:
        """The methods in the order they were given, for the Allow header."""
        names = list(self.by_method)
        if "GET" in names and "HEAD" not in names:
            names.insert(names.index("GET") + 1, "HEAD")
        return tuple(names)


class Routes(Generic[T]):
    """An immutable table of routes: made of all of them at once, so that it can be exchanged while in use."""

    def __init__(self, routes: Iterable[tuple[str, tuple[str, ...], T]] = ()) -> None:
        """Takes triples of path, methods (none for any) and target.

        Raises:
            ValueError: two routes have one path and one method; or a path's braces are wrong.
        """
        self._fixed: dict[str, _Methods[T]] = {}
        patterns: dict[str, tuple[int, re.Pattern[str], _Methods[T]]] = {}
        for path, methods, target in routes:
            if "{" in path or "}" in path:
                regex, weight = compile_path(path)
                entry = patterns.setdefault(regex.pattern, (weight, regex, _Methods()))[2]
            else:
                entry = self._fixed.setdefault(path, _Methods())
            taken = entry.add(methods, target)
            if taken:
                raise ValueError(f"the path {path} with {taken} is taken by another channel")
        ordered = sorted(patterns.values(), key=lambda item: -item[0])
        self._patterns = [(regex.fullmatch, entry) for _, regex, entry in ordered]

    def match(self, method: str, path: str) -> tuple[T, dict[str, str]]:
        """What answers, and the path's parameters.

        Raises:
            NotFound: nothing answers this path.
            MethodNotAllowed: something does, with other methods.
        """
        entry = self._fixed.get(path)
        if entry is not None:
            found = entry.get(method)
            if found is not None:
                return found, _NO_PARAMS
        return self._match_patterns(method, path, entry.allowed() if entry else ())

    def _match_patterns(self, method: str, path: str, allowed: tuple[str, ...]) -> tuple[T, dict[str, str]]:
        for fullmatch, entry in self._patterns:
            match = fullmatch(path)
            if match is None:
                continue
            found = entry.get(method)
            if found is not None:
                return found, match.groupdict()
            allowed += tuple(name for name in entry.allowed() if name not in allowed)
        if allowed:
            raise MethodNotAllowed(allowed)
        raise NotFound


def compile_path(path: str) -> tuple[re.Pattern[str], int]:
    """A path's regular expression, and how much of it is fixed text.

    Matching takes time in proportion to the requested path, whatever that is: strangers choose it. Of two parameters in
    one segment, the second one does not hold the text between them (but where it begins with it), so that there is one
    way only to tell them apart.

    Raises:
        ValueError: a brace belongs to no parameter, one is given twice, or two cannot be told apart.
    """
    regex, weight, end = "", 0, 0
    found = list(_PARAM.finditer(path))
    for number, match in enumerate(found):
        fixed = path[end : match.start()]
        is_first = number == 0 or "/" in fixed  # of its segment
        if match[1] in (other[1] for other in found[:number]):
            raise ValueError(f"the path {path} has the parameter {match[1]} twice")
        _check(path, found, number, fixed, is_first)
        regex += re.escape(fixed) + _group(match, "" if is_first else fixed)
        weight += len(fixed)
        end = match.end()
    rest = path[end:]
    if "{" in _PARAM.sub("", path) or "}" in _PARAM.sub("", path):
        raise ValueError(f"the path {path} has a brace that belongs to no parameter such as {{id}}")
    return re.compile(regex + re.escape(rest)), weight + len(rest)


def _check(path: str, found: list[re.Match[str]], number: int, fixed: str, is_first: bool) -> None:
    """Refuses a parameter that could begin and end in many places."""
    match = found[number]
    if match[2] and any(other[2] for other in found[:number]):
        raise ValueError(f"the path {path} has more than one parameter that takes the rest of it")
    if not is_first and not fixed:
        raise ValueError(f"the path {path} has nothing between the parameters {found[number - 1][1]} and {match[1]}")
    if not is_first and match[2] and match.end() < len(path):
        raise ValueError(f"the path {path} needs a slash before {match[0]}, or nothing behind it")


def _group(match: re.Match[str], excluded: str) -> str:
    """The group of a parameter; one that takes the rest of the path takes everything."""
    if match[2]:
        return f"(?P<{match[1]}>.+)"
    return f"(?P<{match[1]}>[^/](?:(?!{re.escape(excluded)})[^/])*)" if excluded else f"(?P<{match[1]}>[^/]+)"
