from types import SimpleNamespace
from typing import Any

import pytest

from apitest.compat import invoking
from apitest.compat.parameters import obtain_values
from apitest.compat.xpath_steps import handle_xpath
from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_xml


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
