"""apitest.documents.jsonpath: queries of RFC 9535."""

import pytest

from apitest.documents import jsonpath
from apitest.errors import BadValue

DOCUMENT = {"a": [{"id": 1}, {"id": 2, "b": "x"}], "c d": None}


@pytest.mark.parametrize(
    ("path", "values", "singular"),
    [
        ("$.a[0].id", [1], True),
        ("$['c d']", [None], True),
        ("$.a[*].id", [1, 2], False),
        ("$.a[?@.id > 1].b", ["x"], False),
        ("$..id", [1, 2], False),
        ("$.nothing", [], True),
        ("$.a[?length(@.b) == 1].id", [2], False),
    ],
)
def test_queries(path: str, values: list[object], singular: bool) -> None:
    """A query finds all values in their order; one of names and indices only can find one at most."""
    assert jsonpath.select(DOCUMENT, path) == values
    assert jsonpath.is_singular(path) is singular


def test_malformed_queries() -> None:
    """What is not a query is refused; where only the start is missing, it is told."""
    with pytest.raises(BadValue, match=r"cannot be used"):
        jsonpath.select(DOCUMENT, "$.a[")
    with pytest.raises(BadValue) as caught:
        jsonpath.select(DOCUMENT, "a.b")
    assert caught.value.fix == "A JSONPath starts with $: $.a.b"


@pytest.mark.parametrize(
    ("path", "fix"),
    [
        ("a.b", "A JSONPath starts with $: $.a.b"),
        ("[0]", "A JSONPath starts with $: $[0]"),
        ("/a/b", 'A JSONPath starts with $; a path with slashes is written without "JSON": path "/a/b"'),
    ],
)
def test_a_path_without_its_sign(path: str, fix: str) -> None:
    """What to write instead is told."""
    with pytest.raises(BadValue) as raised:
        jsonpath.select({}, path)
    assert raised.value.fix == fix


def test_an_empty_query() -> None:
    """Nothing at all is no query."""
    for path in ("", " "):
        with pytest.raises(BadValue, match="The JSONPath is empty"):
            jsonpath.select({}, path)


def test_functions_of_expressions() -> None:
    """A value of which all or a part matches; what is not a text, or has no valid expression, matches nothing."""
    document = [{"id": 1, "b": "xyz"}, {"id": 2, "b": 5}, {"id": 3}]
    assert jsonpath.select(document, "$[?match(@.b, 'x.z')].id") == [1]
    assert jsonpath.select(document, "$[?match(@.b, 'y')].id") == []
    assert jsonpath.select(document, "$[?search(@.b, 'y')].id") == [1]
    assert jsonpath.select(document, "$[?search(@.b, '(')].id") == []
