"""How values are written within longer texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.documents import xml
from apitest.language.embedding import Piece, in_text, joined, plain


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (['{"a": ', (True,), "}"], '{"a": true}'),
        (['{"a": ', (None,), "}"], '{"a": null}'),
        (['{"a": ', ([1, "x"],), "}"], '{"a": [1, "x"]}'),
        (['{"a": "', (True,), '"}'], '{"a": "true"}'),
        (['{"a": "x ', ('say "hi"\n',), '"}'], '{"a": "x say \\"hi\\"\\n"}'),
        (['{"a\\"": "', ('"',), '"}'], '{"a\\"": "\\""}'),
        (['{"a": ', ("5",), "}"], '{"a": 5}'),
        (["[(1, ", (True,), ")]"], "[(1, True)]"),
        (["{'a': ", (None,), "}"], "{'a': None}"),
        (["[flag: ", (True,), "]"], "[flag: true]"),
        (["flag: ", (True,), (None,), ([True],), (1.5,)], "flag: truenull[true]1.5"),
        (["<a b='", ('"<&',), "'>", ("a > b",), "</a>"], "<a b='&quot;&lt;&amp;'>a &gt; b</a>"),
        (["<a>", (False,), (None,), "</a>"], "<a>false</a>"),
        (["<a><![CDATA[", ('"<&\n',), "]]>", ("<",), "</a>"], '<a><![CDATA["<&\n]]>&lt;</a>'),
        (["<a><![CDATA[", ("x]]>y",), "]]></a>"], "<a><![CDATA[x]]]]><![CDATA[>y]]></a>"),
        ([" ", (True,), "\n"], " true\n"),
        ([(None,)], "null"),
        ([("text",), (5,)], "text5"),
    ],
)
def test_values_are_written_as_the_text_around_them_asks_for(pieces: list[Piece], text: str) -> None:
    """In JSON, XML and Python's literals a value becomes what stands for it there; in any other text, as in JSON."""
    assert joined(pieces) == text


@given(st.text())
def test_any_text_stays_itself_within_a_document(text: str) -> None:
    """Whatever a text holds, a JSON document and an XML document read it back."""
    assert json.loads(joined(['{"a": "', (text,), '"}'])) == {"a": text}
    if all(char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") for char in text):
        found = xml.parse(joined(["<a b='", (text,), "'>", (text,), "</a>"]), "the text")
        assert (found.text or "", found.get("b")) == (text, text)


def test_documents_within_a_text() -> None:
    """Are JSON, with what JSON does not have as a text; all else is as Python shows it."""
    assert plain({"é": [1, None, (True,)]}) == '{"é": [1, null, [true]]}'
    assert plain([b"x"]) == "[\"b'x'\"]"
    assert [plain(value) for value in (True, None, 5, "a")] == ["True", "None", "5", "a"]
    assert [in_text(value) for value in (True, False, None, 5, "a", [None])] == [
        "true",
        "false",
        "null",
        "5",
        "a",
        "[null]",
    ]
