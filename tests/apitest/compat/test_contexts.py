from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apitest.clients.http import body
from apitest.compat import running
from apitest.compat.bunches import Bunch
from apitest.compat.contexts import OldContext, OldRequest, context, new_context
from tests.apitest.steps.playing import Play


def test_a_fresh_context_has_what_projects_read(ctx: Any) -> None:
    """Variables, dates, request, user configuration and directory, as they were."""
    zato = ctx.zato
    assert zato.user_ctx == {} == zato.cassandra_ctx == zato.auth
    assert zato.date_formats == {"default": "YYYY-MM-DDTHH:mm:ss"}
    assert zato.request.headers == {} == zato.request.ns_map
    assert zato.get("debug_info", "nothing") == "nothing"
    zato.debug_info = {"a": 1}
    assert zato["debug_info"] == zato.debug_info


def test_open_clients_belong_to_the_feature(old: Play, ctx: Any) -> None:
    """A project that makes a new context for each scenario leaves no connection open."""
    assert old.run.feature is not None
    assert ctx.zato.clients is old.run.feature.clients
    assert ctx.zato.scenario is old.run.feature.scenario


def test_the_users_configuration_can_be_read_both_ways(old: Play, tmp_path: Path) -> None:
    """As attributes and as items; of the directory that was named, or as given."""
    other = tmp_path / "other" / "features"
    other.mkdir(parents=True)
    (other / "config.ini").write_text("[user]\nsample=Hello\n[[inner]]\na=b\n")
    zato = new_context(None, str(other))
    assert zato.user_config.sample == zato.user_config["sample"] == zato.resolve("@sample") == "Hello"  # type: ignore[attr-defined]
    assert zato.user_config.inner.a == "b"  # type: ignore[attr-defined]
    assert zato.environment_dir == str(other)
    assert new_context(None, str(other), {"sample": "Mine"}).resolve("@sample") == "Mine"


def test_the_directory_of_an_old_context_is_kept(ctx: Any) -> None:
    """new_context(ctx, "") starts afresh in the same project."""
    again = new_context(ctx, "")
    assert again.environment_dir == ctx.zato.environment_dir
    assert again is not ctx.zato


def test_the_context_that_modules_import_is_the_latest(ctx: Any) -> None:
    """`from zato.apitest.util import context` follows new_context."""
    context.anything = 1
    assert ctx.zato.anything == 1 == context["anything"]
    assert "anything" in context
    new_context(ctx, "")
    with pytest.raises(AttributeError):
        _ = context.anything


def test_a_context_can_be_made_outside_of_a_run(tmp_path: Path) -> None:
    """A project's own unit tests may call new_context."""
    assert not running.states
    assert isinstance(new_context(None, str(tmp_path)), OldContext)


def test_the_format_of_a_request_shows_as_flags(ctx: Any) -> None:
    """is_json, is_xml, is_raw and is_form are the format, and set it."""
    request = ctx.zato.request
    assert request.get("is_json") is None
    assert "is_json" not in request
    request.format = "XML"
    assert request.is_xml and request["is_xml"] and not request.is_json
    assert request.get("is_json") is False and "is_json" in request
    request.is_form = True
    assert request.format == "FORM"
    request.is_raw = False
    assert request.format == "FORM"
    assert not hasattr(request, "is_yaml")


def test_the_document_of_a_raw_request_is_its_data(ctx: Any) -> None:
    """Steps that set data_impl of a RAW request send it."""
    ctx.zato.request.format = "RAW"
    ctx.zato.request.data_impl = "text"
    assert ctx.zato.request.data == "text"
    ctx.zato.request.data_impl = {"a": "b c"}
    assert body.of(ctx.zato.request) == (b"a=b+c", "application/x-www-form-urlencoded")


def test_a_request_of_the_projects_own_becomes_one_of_ours(ctx: Any) -> None:
    """A Bunch in place of the request can be sent."""
    ctx.zato.request = Bunch(headers={"A": "b"}, is_xml=True)
    assert isinstance(ctx.zato.request, OldRequest)
    assert ctx.zato.request.headers == {"A": "b"}
    assert ctx.zato.request.format == "XML"
    assert ctx.zato.request.method == "GET"


def test_a_response_of_the_projects_own_can_be_checked(old: Play, ctx: Any) -> None:
    """A Bunch in place of the response is what later checks look at."""
    ctx.zato.response = Bunch()
    ctx.zato.response.data = SimpleNamespace(status_code=201, headers={"X-A": "b"}, content=b'{"a": "b"}', reason="")
    old('Then status is "201"', 'Then header "X-A" is "b"', 'Then path "/a" is "b"')
    ctx.zato.response.data_impl = {"a": "c"}
    old('Then path "/a" is "c"')
    ctx.zato.response.data_text = '{"a": "d"}'
    old('Then path "/a" is "d"')


def test_the_text_of_such_a_response_is_enough(old: Play, ctx: Any) -> None:
    """One with a text only can be checked, too, and tells where it came from."""
    ctx.zato.response = {"data_text": '{"a": "b"}'}
    old('Then path "/a" is "b"')
    assert "step of the project" in ctx.zato.response.described()
    ctx.zato.response = {}
    assert ctx.zato.response.is_empty()


def test_cleaning_up_keeps_the_context(old: Play, ctx: Any) -> None:
    """After `context is cleaned up` there is a fresh request of the old kind."""
    ctx.zato.user_ctx["a"] = 1
    old("Then context is cleaned up")
    assert ctx.zato.user_ctx == {}
    assert isinstance(ctx.zato.request, OldRequest)
