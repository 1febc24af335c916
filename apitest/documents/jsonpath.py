"""JSONPaths (RFC 9535): what a query finds in a JSON document."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from apitest.documents.display import visible
from apitest.errors import BadValue

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

    try:
        query = jsonpath.JSONPathEnvironment(strict=True).compile(path)
    except jsonpath.JSONPathError as error:
        reason = str(error).splitlines()[0]
        fix = "" if path.startswith("$") else f"A JSONPath starts with $: ${'' if path.startswith('[') else '.'}{path}"
        raise BadValue(f'The JSONPath "{visible(path)}" cannot be used: {reason}', fix=fix) from None
    assert isinstance(query, jsonpath.JSONPath), "RFC 9535 has no compound queries"
    return query
