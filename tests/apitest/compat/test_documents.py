"""Assertions, pointers, XPaths and invoking: what Python steps call to look into requests and responses."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest.compat import datadiffs, invoking, json_pointers
from apitest.compat.parameters import obtain_values
from apitest.compat.xpath_steps import handle_xpath
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.web import WebServer


def test_equal_values_and_how_others_differ() -> None:
    """Equal ones pass; others fail with a diff."""
    datadiffs.assert_equals([1, (2,)], [1, (2,)])
    with pytest.raises(CheckFailed) as failed:
        datadiffs.assert_equals({"a": 1}, {"a": 2}, "the answer")
    assert failed.value.diff
    assert "2" in datadiffs.diff({"a": 1}, {"a": 2})


def test_a_value_of_the_response_is_asserted(ctx: Any) -> None:
    """With what makes the expected value of a text, if there is something."""
    play: Any = SimpleNamespace(zato=ctx.zato)
    answers_json(play, {"a": {"b": 3}})
    assert json_pointers.assert_value(ctx, "/a/b", "3", int) is True
    with pytest.raises(CheckFailed):
        json_pointers.assert_value(ctx, "/a/b", "3")


def test_a_value_of_any_document() -> None:
    """Or its default."""
    assert json_pointers.get_pointer({"a": [1]}, "/a/0") == 1
    assert json_pointers.get_pointer({}, "/a", None) is None
    with pytest.raises(CheckFailed):
        json_pointers.get_pointer({}, "/a")


def test_a_step_is_given_the_element_that_an_xpath_finds(ctx: Any) -> None:
    """Of the request to change it, of the response to look at it."""

    @handle_xpath(True)
    @obtain_values
    def change(ctx: Any, elem: Any, value: str) -> None:
        elem.text = value

    @handle_xpath(False)
    def text(ctx: Any, elem: Any) -> Any:
        return elem.text

    ctx.zato.request.format = "XML"
    invoking.given_request_impl(ctx, "<a><b/></a>")
    ctx.zato.user_ctx["v"] = "new"
    change(ctx, xpath="/a/b", value="#v")
    assert ctx.zato.request.data_impl.findtext("b") == "new"
    play: Any = SimpleNamespace(zato=ctx.zato)
    answers_xml(play, "<a><b>1</b><b>2</b></a>")
    assert text(ctx, elem="/a/b[2]") == "2"
    with pytest.raises(CheckFailed, match="2 elements"):
        text(ctx, elem="/a/b")
    with pytest.raises(CheckFailed, match="nothing"):
        text(ctx, elem="/a/c")


def test_the_request_is_sent(ctx: Any, web: WebServer) -> None:
    """As by its sentence; with another adapter if one is given."""
    from requests.adapters import HTTPAdapter

    ctx.zato.request.address = web.address
    ctx.zato.request.url_path = "/echo"
    invoking.set_request_format(ctx, "JSON")
    invoking.given_request_impl(ctx, '{"a": 1}')
    invoking.when_the_url_is_invoked(ctx)
    assert ctx.zato.response.data.status_code == 200
    assert ctx.zato.response.data_impl["body"] == '{"a":1}'
    sent: list[str] = []

    class Counting(HTTPAdapter):
        def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            sent.append(str(request.url))
            return super().send(request, *args, **kwargs)

    invoking.when_the_url_is_invoked(ctx, [Counting()])
    invoking.invoke_http(ctx)
    assert sent == [f"{web.address}/echo"]


def test_a_variable_equals_a_literal() -> None:
    """Literals are Python's."""
    invoking.variable_is([1, None], "[1, None]")
    with pytest.raises(CheckFailed):
        invoking.variable_is(1, "2")
    with pytest.raises(BadValue):
        invoking.variable_is(1, "no literal")
