"""What the sentences about paths and XPaths look at."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest.errors import BadValue, CheckFailed
from apitest.steps import lookup
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play

FAULT = """<s:Envelope xmlns:s="{}"><s:Body><s:Fault><code>Client</code>
<text>it <b>broke</b></text></s:Fault></s:Body></s:Envelope>"""


def context(play: Play, text: str | None = None) -> Any:
    """What a step is called with."""
    return SimpleNamespace(zato=play.zato, text=text)


def test_values_of_paths(play: Play) -> None:
    """A JSON Pointer names a value of the last response."""
    answers_json(play, {"a": [1, {"b": None}]})
    assert lookup.value_at(context(play), "/a/1/b") is None
    with pytest.raises(CheckFailed, match="/a/2 does not exist"):
        lookup.value_at(context(play), "/a/2")


def test_own_values_share_nothing() -> None:
    """A document is copied, so that a later step cannot change two at once."""
    value = {"a": [1]}
    copied = lookup.own(value)
    assert copied == value and copied is not value
    assert lookup.own("text") == "text"


def test_xpaths(play: Play) -> None:
    """An XPath finds nodes or computes something; false counts as nothing."""
    answers_xml(play, "<r><a>1</a><a>2</a></r>")
    assert len(lookup.found_by(context(play), "//a")) == 2
    assert lookup.text_at(context(play), "//a") == "1"
    assert [lookup.exists(context(play), xpath) for xpath in ("//a", "//b", "1 = 1", "1 = 2")] == [
        True,
        False,
        True,
        False,
    ]


def test_soap_faults(play: Play) -> None:
    """The text of a fault of either version of SOAP, on one line; none in other XML."""
    for namespace in ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"):
        answers_xml(play, FAULT.format(namespace))
        assert lookup.fault(context(play)) == "Client it broke"
    answers_xml(play, "<r/>")
    assert lookup.fault(context(play)) is None


def test_doc_strings(play: Play) -> None:
    """Names in braces are replaced; a step without a doc string says that it needs one."""
    play.zato.user_ctx["name"] = "Ann"
    assert lookup.doc_string(context(play, "Hello #{name}")) == "Hello Ann"
    with pytest.raises(BadValue, match="needs a doc string"):
        lookup.doc_string(context(play))
