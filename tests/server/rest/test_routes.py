"""Tests of apitest_server.rest.routes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.errors import MethodNotAllowed, NotFound
from apitest_server.rest.routes import Routes


def table(*routes: tuple[str, str]) -> Routes[str]:
    """Routes whose target is their own text; the second item is the methods with spaces between them."""
    return Routes((path, tuple(methods.split()), f"{methods} {path}".strip()) for path, methods in routes)


ROUTES = table(
    ("/a", "GET POST"),
    ("/a", "PUT"),
    ("/any", ""),
    ("/c/{id}", "GET"),
    ("/c/{id}", "DELETE"),
    ("/c/new", "POST"),
    ("/c/{id}/orders/{order}", "GET"),
    ("/f/{path*}", ""),
    ("/f/fixed-{x}", ""),
)


@pytest.mark.parametrize(
    ("method", "path", "target", "params"),
    [
        ("GET", "/a", "GET POST /a", {}),
        ("HEAD", "/a", "GET POST /a", {}),
        ("PUT", "/a", "PUT /a", {}),
        ("TRACE", "/any", "/any", {}),
        ("GET", "/c/5", "GET /c/{id}", {"id": "5"}),
        ("DELETE", "/c/5", "DELETE /c/{id}", {"id": "5"}),
        ("POST", "/c/new", "POST /c/new", {}),
        ("GET", "/c/new", "GET /c/{id}", {"id": "new"}),
        ("GET", "/c/5/orders/6", "GET /c/{id}/orders/{order}", {"id": "5", "order": "6"}),
        ("GET", "/f//customer/new", "/f/{path*}", {"path": "/customer/new"}),
        ("GET", "/f/fixed-1", "/f/fixed-{x}", {"x": "1"}),
    ],
)
def test_a_request_finds_its_target(method: str, path: str, target: str, params: dict[str, str]) -> None:
    """Fixed paths win over parameters, more fixed text over less, and parameters are given."""
    assert ROUTES.match(method, path) == (target, params)


@pytest.mark.parametrize("path", ["/", "/b", "/a/", "/c/", "/c/5/6", "/f/"])
def test_an_unknown_path_is_not_found(path: str) -> None:
    """A parameter is never empty and a trailing slash counts."""
    with pytest.raises(NotFound):
        ROUTES.match("GET", path)


@pytest.mark.parametrize(
    ("path", "allow"),
    [("/a", "GET, HEAD, POST, PUT"), ("/c/5", "GET, HEAD, DELETE"), ("/c/new", "POST, GET, HEAD, DELETE")],
)
def test_a_wrong_method_is_told_the_right_ones(path: str, allow: str) -> None:
    """The Allow header lists the methods of all routes that the path matches."""
    with pytest.raises(MethodNotAllowed) as caught:
        ROUTES.match("PATCH", path)
    assert caught.value.headers == {"Allow": allow}
    assert caught.value.status == 405


@pytest.mark.parametrize(
    "routes",
    [
        [("/a", "GET"), ("/a", "POST GET")],
        [("/a", ""), ("/a", "")],
        [("/{x}", "GET"), ("/{x}", "GET")],
    ],
)
def test_two_targets_for_one_request_are_an_error(routes: list[tuple[str, str]]) -> None:
    """One path and one method have one target."""
    with pytest.raises(ValueError, match="is taken by another channel"):
        Routes((path, tuple(methods.split()), object()) for path, methods in routes)


@pytest.mark.parametrize("path", ["/{", "/}", "/{1a}", "/{a", "/{}", "/{a}}", "/{{a}", "/x}/{a}"])
def test_a_brace_that_is_no_parameter_is_an_error(path: str) -> None:
    """Braces stand around a name."""
    with pytest.raises(ValueError, match="belongs to no parameter"):
        table((path, ""))


def test_a_parameter_has_one_place() -> None:
    """A name is used once in a path."""
    with pytest.raises(ValueError, match="parameter a twice"):
        table(("/{a}/{a}", ""))


@given(st.text(st.characters(exclude_characters="/"), min_size=1))
def test_a_parameter_is_what_was_in_its_place(value: str) -> None:
    """Whatever is between the slashes is the parameter."""
    if "\n" not in value:
        assert table(("/c/{id}", "")).match("GET", f"/c/{value}") == ("/c/{id}", {"id": value})


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/{a}{b}", "has nothing between the parameters a and b"),
        ("/{a*}/x/{b*}", "has more than one parameter that takes the rest of it"),
        ("/{a}-{b*}/x", r"needs a slash before \{b\*\}, or nothing behind it"),
    ],
)
def test_parameters_that_cannot_be_told_apart_are_an_error(path: str, reason: str) -> None:
    """A long path could be cut in very many ways."""
    with pytest.raises(ValueError, match=reason):
        table((path, ""))


@pytest.mark.parametrize(
    ("route", "path", "params"),
    [
        ("/{year}-{month}-{day}", "/2026-01-31", {"year": "2026", "month": "01", "day": "31"}),
        ("/{a}-{b}", "/1-2-3", {"a": "1-2", "b": "3"}),
        ("/{a}-{b}.{c}", "/1-2.3.4", {"a": "1", "b": "2.3", "c": "4"}),
        ("/{a}--{b}/x", "/1-2--3-4/x", {"a": "1-2", "b": "3-4"}),
        ("/{a}.{b*}", "/1.2/3.4", {"a": "1", "b": "2/3.4"}),
        ("/{a*}/{b}.json", "/1/2/3.json", {"a": "1/2", "b": "3"}),
    ],
)
def test_parameters_in_one_segment_are_told_apart(route: str, path: str, params: dict[str, str]) -> None:
    """The first one takes as much as it can."""
    assert table((route, "")).match("GET", path) == (route, params)


@given(st.text("-.x/", max_size=12))
def test_parameters_in_one_segment_are_cut_as_regular_expressions_do(text: str) -> None:
    """But where a further one would hold the text between them: then nothing fits, or they are cut at another place."""
    for route, regex in (("/{a}-{b}", "([^/]+)-([^/]+)"), ("/{a}-{b}-{c}", "([^/]+)-([^/]+)-([^/]+)")):
        expected = re.fullmatch(regex, text)
        is_held = expected is not None and any("-" in part[1:] for part in expected.groups()[1:])
        try:
            found = tuple(table((route, "")).match("GET", "/" + text)[1].values())
        except NotFound:
            assert expected is None or is_held
        else:
            assert expected is not None
            assert found == expected.groups() or is_held
            assert "-".join(found) == text


@pytest.mark.parametrize("route", ["/{a}-{b}-{c}", "/{a}.{b}.{c}.{d}/x", "/{a*}-{b}/x", "/x/{a*}/{b}/{c}/y"])
def test_a_long_path_takes_no_longer_than_it_is(route: str) -> None:
    """Were it tried in each way that it can be cut, this would go on for days."""
    for sign in "-./x":
        with pytest.raises(NotFound):
            table((route, "")).match("GET", f"/{sign * 60_000}/\n")
