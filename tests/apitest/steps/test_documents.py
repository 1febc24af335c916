"""The documents that steps look into."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apitest.errors import BadValue, UnknownValue
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


def test_files_have_values_put_in(ctx: Any, tmp_path: Path) -> None:
    """Names in braces are replaced in JSON and in XML, which keeps its encoding, but not in files of other formats."""
    ctx.zato.user_ctx.update(name="Zoë & Ana ☃", paid=True)
    (tmp_path / "a").write_text('\ufeff{"to": "#{name}", "paid": #{paid}, "as it is": "##{name}"}', encoding="utf-8")
    assert documents.with_values(ctx, tmp_path / "a", "JSON").decode() == (
        '{"to": "Zoë & Ana ☃", "paid": true, "as it is": "#{name}"}'
    )
    assert documents.with_values(ctx, tmp_path / "a", "RAW") == (tmp_path / "a").read_bytes()
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><to key="${SECRET}">é #{name}</to>'
    (tmp_path / "b").write_bytes(latin.encode("latin-1"))
    found = documents.with_values(ctx, tmp_path / "b", "XML")
    assert found.decode("latin-1").endswith('<to key="s3cret-value">é Zoë &amp; Ana &#9731;</to>')
    assert b"ISO-8859-1" in found


def test_files_without_names_are_what_they_are(ctx: Any, tmp_path: Path) -> None:
    """Nothing of a file without names in braces is read, whatever its encoding is."""
    (tmp_path / "a").write_bytes(b"\xff\xfe{ # }")
    assert documents.with_values(ctx, tmp_path / "a", "JSON") == b"\xff\xfe{ # }"


def test_files_of_old_projects_are_what_they_are(play: Play, ctx: Any, tmp_path: Path) -> None:
    """A project that was written for zato-apitest sends its files as that tool did."""
    play.run.project = play.run.project._replace(is_old=True)
    (tmp_path / "a").write_bytes(b'{"a": "#{name}"}')
    assert documents.with_values(ctx, tmp_path / "a", "JSON") == b'{"a": "#{name}"}'


def test_a_name_in_a_file_that_nothing_defines(ctx: Any, tmp_path: Path) -> None:
    """The error says which file has it."""
    (tmp_path / "a.json").write_bytes(b'{"a": "#{nmae}"}')
    ctx.zato.user_ctx["name"] = "Ana"
    with pytest.raises(UnknownValue, match="nmae") as raised:
        documents.with_values(ctx, tmp_path / "a.json", "JSON")
    assert raised.value.where == str(tmp_path / "a.json")
    assert "name" in raised.value.fix
