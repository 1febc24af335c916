"""apitest.documents.json_pointer: values found and put by JSON Pointers, and the errors on the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.documents import json_pointer
from apitest.errors import BadValue, CheckFailed

names = st.text("ab/~0-é", max_size=3)
scalars = st.none() | st.integers() | st.text(max_size=2)
documents = st.dictionaries(
    names,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=3,
)

ORDER: dict[str, Any] = {
    "action": {"code": 0, "message": "ok", "lines": [{"id": 1}, {"id": 2}], "empty": {}, "none": None, "no_lines": []},
    "a/b": {"m~n": "escaped"},
    "": "no name",
}


def paths(document: Any, above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    members = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [(above, document), *(found for key, item in members for found in paths(item, (*above, str(key))))]


@given(documents)
def test_every_value_has_a_pointer(document: dict[str, Any]) -> None:
    """Whatever is in a document is found by the pointer made of the names that lead to it."""
    for path, value in paths(document):
        assert json_pointer.get(document, json_pointer.join(path)) is value


@given(
    documents, st.lists(names.filter(lambda name: not name.isdigit() and name != "-"), min_size=1, max_size=4), scalars
)
def test_what_is_put_is_found(document: dict[str, Any], path: list[str], value: Any) -> None:
    """A value that was put at a pointer is found there, and the document is changed in place."""
    pointer = json_pointer.join(path)
    try:
        changed = json_pointer.put(document, pointer, value)
    except BadValue as error:
        assert "cannot be set" in error.problem  # the path led through a scalar or a list
    else:
        assert changed is document
        assert json_pointer.find(document, pointer) is value


@given(st.lists(st.text()))
def test_parts_and_join(path: list[str]) -> None:
    """A pointer joined from names has exactly these parts."""
    assert json_pointer.parts(json_pointer.join(path)) == tuple(path)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", ORDER),
        ("/", "no name"),
        ("/action/lines/1/id", 2),
        ("/a~1b/m~0n", "escaped"),
        ("/action/none", None),
    ],
)
def test_get(pointer: str, value: Any) -> None:
    """Names, indices and escapes are followed as RFC 6901 has it."""
    assert json_pointer.get(ORDER, pointer) == value


@pytest.mark.parametrize(
    "pointer",
    [
        "/x",
        "/action/lines/2",
        "/action/lines/-",
        "/action/lines/01",
        "/action/lines/-1",
        "/action/code/x",
        "/action/none/x",
        *["/action/lines/²", "/action/lines/" + "9" * 30, "/action/message/0", "/action/lines/"],
    ],
)
def test_find_gives_the_default(pointer: str) -> None:
    """Where nothing is found the default is given, MISSING where none was named."""
    assert json_pointer.find(ORDER, pointer, "default") == "default"
    assert json_pointer.find(ORDER, pointer) is json_pointer.MISSING


@pytest.mark.parametrize(
    ("pointer", "problem", "fix"),
    [
        (
            "/action/mesage",
            '/action/mesage does not exist: /action has no "mesage"',
            "Did you mean /action/message?\nKeys of /action: code, message, lines, empty, none, no_lines",
        ),
        (
            "/acton/code",
            '/acton/code does not exist: the document has no "acton"',
            "Did you mean /action/code?\nKeys of the document: action, a/b, ",
        ),
        (
            "/acton/nothing",
            '/acton/nothing does not exist: the document has no "acton"',
            "Did you mean /action?\nKeys of the document: action, a/b, ",
        ),
        (
            "/message",
            '/message does not exist: the document has no "message"',
            "Did you mean /action/message?\nKeys of the document: action, a/b, ",
        ),
        (
            "/action/lines/7",
            "/action/lines/7 does not exist: /action/lines is a list of 2 elements",
            "Indices of /action/lines: 0 to 1",
        ),
        (
            "/action/lines/id",
            "/action/lines/id does not exist: /action/lines is a list of 2 elements",
            "Did you mean /action/lines/0/id?\nIndices of /action/lines: 0 to 1",
        ),
        ("/action/no_lines/0", "/action/no_lines/0 does not exist: /action/no_lines is an empty list", ""),
        ("/action/empty/q", "/action/empty/q does not exist: /action/empty is an empty dict", ""),
        ("/action/none/q", "/action/none/q does not exist: /action/none is null", ""),
        ("/action/message/q", '/action/message/q does not exist: /action/message is a string, "ok"', ""),
    ],
)
def test_absent(pointer: str, problem: str, fix: str) -> None:
    """A path that leads nowhere says how far it got, what is there and which path may be meant."""
    with pytest.raises(CheckFailed) as failure:
        json_pointer.get(ORDER, pointer, "the response")
    assert (failure.value.problem, failure.value.where, failure.value.fix) == (problem, "the response", fix)


def test_a_list_of_one() -> None:
    """A list of one item has one index."""
    with pytest.raises(CheckFailed, match="a list of 1 element") as failure:
        json_pointer.get([7], "/1")
    assert failure.value.fix == "Indices of the document: 0"


def test_many_keys_are_counted() -> None:
    """Of many keys a dozen are named and the rest is counted."""
    with pytest.raises(CheckFailed) as failure:
        json_pointer.get({f"k{n}": n for n in range(20)}, "/zzz")
    assert failure.value.fix.endswith("k10, k11 and 8 more")


@pytest.mark.parametrize(
    ("size", "question"),
    [
        (100, "Did you mean /list/0/deep/name, /list/1/deep/name or /list/2/deep/name?\n"),
        (10_000, ""),
    ],
)
def test_the_search_for_a_better_path_ends(size: int, question: str) -> None:
    """The same name is searched for elsewhere in the document, but not without end."""
    document = {"list": [{"deep": {"name": 1}}] * size, "other": 1}
    with pytest.raises(CheckFailed, match="does not exist") as failure:
        json_pointer.get(document, "/nothing/name")
    assert failure.value.fix == question + "Keys of the document: list, other"


@pytest.mark.parametrize(
    ("document", "pointer", "after"),
    [
        ({}, "/a", 1),
        ({"a": 2}, "/a", {"a": 1}),
        ({}, "/a/b/c", {"a": {"b": {"c": 1}}}),
        ({"a": None}, "/a/b", {"a": {"b": 1}}),
        (None, "/a", {"a": 1}),
        (None, "/-", [1]),
        (None, "/0/x", [{"x": 1}]),
        ({}, "/list/-", {"list": [1]}),
        ({}, "/list/0/id", {"list": [{"id": 1}]}),
        ({}, "/codes/404", {"codes": {"404": 1}}),
        ({"list": [7]}, "/list/-", {"list": [7, 1]}),
        ({"list": [7]}, "/list/1", {"list": [7, 1]}),
        ({"list": [7]}, "/list/0", {"list": [1]}),
        ({"list": []}, "/list/-/id", {"list": [{"id": 1}]}),
        ({"a": 2}, "", 1),
    ],
)
def test_put(document: Any, pointer: str, after: Any) -> None:
    """What is missing on the way is created, lists are appended to, and the empty pointer replaces the document."""
    if pointer == "/a" and document == {}:
        after = {"a": after}
    assert json_pointer.put(document, pointer, 1) == after


@pytest.mark.parametrize(
    ("pointer", "problem", "fix"),
    [
        (
            "/text/b/c",
            '/text/b/c cannot be set: /text is a string, "t"',
            "Only dicts and lists have parts; set /text to one first, or correct the path.",
        ),
        (
            "/list/9",
            '/list/9 cannot be set: /list is a list of 1 element, and "9" is not an index that can be set in it',
            'Write an index from 0 to 1, or "-" to append.',
        ),
        (
            "/list/x/y",
            '/list/x/y cannot be set: /list is a list of 1 element, and "x" is not an index that can be set in it',
            'Write an index from 0 to 1, or "-" to append.',
        ),
    ],
)
def test_put_refused(pointer: str, problem: str, fix: str) -> None:
    """A path through a scalar or past the end of a list cannot be set, and the document stays as it was."""
    document = {"text": "t", "list": [0]}
    with pytest.raises(BadValue) as failure:
        json_pointer.put(document, pointer, 1, "the request")
    assert (failure.value.problem, failure.value.fix, failure.value.where) == (problem, fix, "the request")
    assert document == {"text": "t", "list": [0]}


@pytest.mark.parametrize(
    ("pointer", "problem", "fix"),
    [
        ("a/b", 'The path "a/b" must start with a slash', 'Write "/a/b".'),
        ("name", 'The path "name" must start with a slash', 'Write "/name".'),
        (
            "a.b",
            'The path "a.b" must start with a slash',
            'Write "/a/b", or "/a.b" for one name with these characters.',
        ),
        ("$.a[0]", 'The path "$.a[0]" must start with a slash', 'Write "/a/0".'),
        ("#/a", 'The path "#/a" must start with a slash', 'Write "/a".'),
        ("a~1~x", 'The path "a~1~x" must start with a slash', 'Write "/a~1~0x" (~0 stands for ~, ~1 for /).'),
        ("/a~", 'The path "/a~" has a ~ that is neither ~0 nor ~1', 'Write "/a~0" (~0 stands for ~, ~1 for /).'),
        (
            "/~01/~2",
            'The path "/~01/~2" has a ~ that is neither ~0 nor ~1',
            'Write "/~01/~02" (~0 stands for ~, ~1 for /).',
        ),
    ],
)
def test_malformed(pointer: str, problem: str, fix: str) -> None:
    """A malformed pointer is the test's own mistake and is shown with its correction."""
    with pytest.raises(BadValue) as failure:
        json_pointer.get({}, pointer)
    assert (failure.value.problem, failure.value.fix) == (problem, fix)
