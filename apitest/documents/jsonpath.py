"""JSONPaths (RFC 9535): what a query finds in a JSON document."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from apitest.documents.display import visible
from apitest.documents.patterns import in_time
from apitest.errors import BadValue
from apitest.language.nesting import LEVELS

if TYPE_CHECKING:
    from jsonpath import JSONPath


def select(document: Any, path: str) -> list[object]:
    """The values of all nodes that a query finds, in their order.

    Raises:
        BadValue: the query is malformed.
    """
    values: list[object] = _compiled(path).findall(document)
    return values


def is_singular(path: str) -> bool:
    """Whether a query can find one value only, since it has names and indices and nothing else.

    Raises:
        BadValue: the query is malformed.
    """
    return bool(_compiled(path).singular_query())


@lru_cache(maxsize=1024)
def _compiled(path: str) -> "JSONPath":
    import jsonpath  # here, since few projects need it and it takes long to import

    if not path.strip():
        raise BadValue("The JSONPath is empty", fix="A JSONPath starts with $, which is the whole document")
    environment = jsonpath.JSONPathEnvironment(strict=True)
    environment.max_recursion_depth = LEVELS + 2  # more than a document has
    environment.function_extensions.update(_searches())
    try:
        query = environment.compile(path)
    except jsonpath.JSONPathError as error:
        reason = str(error).splitlines()[0]
        start = "$" if path.startswith("[") else "$."
        fix = "" if path.startswith("$") else f"A JSONPath starts with $: {start}{path}"
        if path.startswith("/"):
            fix = f'A JSONPath starts with $; a path with slashes is written without "JSON": path "{visible(path)}"'
        raise BadValue(f'The JSONPath "{visible(path)}" cannot be used: {reason}', fix=fix) from None
    assert isinstance(query, jsonpath.JSONPath), "RFC 9535 has no compound queries"
    return query


def _searches() -> dict[str, Callable[..., bool]]:
    """The functions match and search, which end in time."""
    from jsonpath.function_extensions import Match

    class InTime(Match):
        """Looks for a regular expression (RFC 9485) that may be the document's own; if it is not valid, in vain."""

        def __init__(self, method: str) -> None:
            super().__init__()
            self.method = method

        def __call__(self, value: object, pattern: object) -> bool:
            compiled = self.check_cache(pattern) if isinstance(value, str) and isinstance(pattern, str) else None
            if compiled is None:
                return False
            search = getattr(compiled, self.method)
            return in_time(lambda seconds: search(value, timeout=seconds) is not None, str(pattern))

    return {"match": InTime("fullmatch"), "search": InTime("search")}
