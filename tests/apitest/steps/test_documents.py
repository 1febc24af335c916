"""The documents that steps look into."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest.errors import BadValue
from apitest.steps import documents
from tests.apitest.steps.playing import Play


@pytest.fixture
def ctx(play: Play) -> Any:
    return SimpleNamespace(zato=play.zato, text=None, table=None)


def test_request_document(play: Play, ctx: Any) -> None:
    """The pending request's document is the one that is sent later."""
    play('request is "{"a": 1}"')
    documents.request_json(ctx)["a"] = 2
    assert play.zato.request.data_impl == {"a": 2}
    play('format "XML"', 'request is "<a/>"')
    assert documents.request_xml(ctx) is play.zato.request.data_impl


def test_request_that_is_not_there(ctx: Any) -> None:
    """A step that changes the request names the sentence that makes one."""
    with pytest.raises(BadValue, match="there is none yet") as raised:
        documents.request_json(ctx)
    assert 'Given request is "{}"' in raised.value.fix


def test_request_of_another_format(play: Play, ctx: Any) -> None:
    """A JSON step on an XML request is the test's mistake."""
    play('format "XML"', 'request is "<a/>"')
    with pytest.raises(BadValue, match="format is XML"):
        documents.request_json(ctx)


def test_a_bad_request_changes_nothing(play: Play, ctx: Any) -> None:
    """A text that is not JSON leaves the request that was there as it was."""
    play('request is "[1]"')
    with pytest.raises(BadValue):
        play('request is "[1,"')
    assert documents.request_json(ctx) == [1]
    assert play.zato.request.data == "[1]"


def test_resolved_document(play: Play, ctx: Any) -> None:
    """A request may be a stored document, which does not change with the request."""
    play.zato.user_ctx["document"] = [1]
    play('request is "#document"')
    documents.request_json(ctx).append(2)
    assert documents.request_json(ctx) == [1, 2]
    assert play.zato.user_ctx["document"] == [1]


def test_resolved_value_is_raw(play: Play) -> None:
    """A stored number or document is sent raw as JSON writes it."""
    play.zato.user_ctx.update({"number": 7, "document": {"a": [True]}})
    play('format "RAW"', 'request is "#number"')
    assert play.zato.request.data == "7"
    play('request is "#document"')
    assert play.zato.request.data == '{"a": [true]}'
