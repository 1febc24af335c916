"""apitest.documents.xml: safe parsing, text from documents, and comparison."""

from pathlib import Path

import pytest

from apitest.documents.xml import parse, same_xml, serialise
from apitest.errors import BadValue, CheckFailed

LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha"}">' for level in range(10))


@pytest.mark.parametrize(
    ("text", "tag", "content"),
    [
        ("<a>é</a>", "a", "é"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", "a", "é"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "a", "é"),
        ('<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode("utf-16"), "a", "é"),
        ('<!DOCTYPE html PUBLIC "x" "http://127.0.0.1:9/x.dtd"><html>t</html>', "html", "t"),
        ("<!DOCTYPE a [<!ELEMENT a ANY>]><a>t</a>", "a", "t"),
        ("<a><![CDATA[<!ENTITY x 'y'>]]></a>", "a", "<!ENTITY x 'y'>"),
        ("<a>&lt;&amp;&#233;</a>", "a", "<&é"),
    ],
)
def test_parse(text: str | bytes, tag: str, content: str) -> None:
    """Documents are parsed in the encoding they have; text that only mentions entities is let through."""
    root = parse(text, "the response")
    assert (root.tag, root.text) == (tag, content)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "{file}">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "{file}">]><a b="&x;"/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "{file}"> %p;]><a/>',
        f"<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>",
        f'<!DOCTYPE a [{LAUGHS}]><a b="&l9;"/>',
        '<!DOCTYPE a [<!ENTITY x "&x;">]><a b="&x;"/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(text: str, encoding: str, tmp_path: Path) -> None:
    """Whatever kind an entity is of, it is neither expanded nor loaded, and the document is refused."""
    secret = tmp_path / "secret"
    secret.write_text("do not read me")
    with pytest.raises(BadValue) as caught:
        parse(text.replace("{file}", secret.as_uri()).encode(encoding), "the response")
    assert caught.value.problem == "The response declares entities, which are refused and never expanded"
    assert "do not read me" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem", "place", "excerpt"),
    [
        (
            "<a>\n  <b></a>",
            "Opening and ending tag mismatch: b line 2 and a",
            "line 2, column 10",
            "  <b></a>\n         ^",
        ),
        ("<a/><b/>", "Extra content at the end of the document", "line 1, column 5", "<a/><b/>\n    ^"),
        ("{}", "Start tag expected, '<' not found", "line 1, column 1", "{}\n^"),
        ("<a>&nbsp;</a>", "Entity 'nbsp' not defined", "line 1, column 10", "<a>&nbsp;</a>\n         ^"),
        (
            "<a>" + "x" * 200 + "</b>",
            "Opening and ending tag mismatch: a line 1 and b",
            "line 1, column 208",
            "x" * 46 + "</b>\n" + " " * 50 + "^",
        ),
        (
            "<a>" * 300,
            "Excessive depth in document: 256",
            "line 1, column 771",
            "<a>" * 33 + "<\n" + " " * 50 + "^",
        ),
    ],
)
def test_malformed(text: str, problem: str, place: str, excerpt: str) -> None:
    """A document that is not well-formed is refused with line, column and a marker below the place."""
    with pytest.raises(BadValue) as caught:
        parse(text, "the response")
    assert caught.value.problem == f"The response is not well-formed XML: {problem}"
    assert caught.value.where == f"the response, {place}"
    assert caught.value.excerpt == excerpt


@pytest.mark.parametrize("text", ["", "  \n", b""])
def test_empty(text: str | bytes) -> None:
    """An empty document is called empty."""
    with pytest.raises(BadValue, match="The response is not valid XML: it is empty"):
        parse(text, "the response")


def test_place_beyond_the_text() -> None:
    """Where the parser stops on a line that is not in the text, there is no excerpt."""
    with pytest.raises(BadValue) as caught:
        parse("<a>\n", "the file")
    assert caught.value.excerpt == ""


def test_text_that_no_encoding_has() -> None:
    """A text with half a surrogate pair is malformed, not an internal error."""
    with pytest.raises(BadValue, match="not well-formed XML"):
        parse("<a>\ud800</a>", "the response")


@pytest.mark.parametrize(
    ("text", "serialised"),
    [
        ("<a>é</a>", "<a>é</a>".encode()),
        ("<?xml version='1.0'?><a>é</a>", "<?xml version='1.0' encoding='UTF-8'?>\n<a>é</a>".encode()),
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>',
            b"<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\xe9</a>",
        ),
        (
            b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><!-- x --><a/>",
            b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<!-- x --><a/>",
        ),
        ("<!DOCTYPE html><html/>", b"<!DOCTYPE html>\n<html/>"),
    ],
)
def test_serialise(text: str | bytes, serialised: bytes) -> None:
    """A document goes out with the declaration, encoding and document type that it came with, if any."""
    assert serialise(parse(text, "the request")) == serialised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a/>", "<a></a>"),
        ('<a b="1" c="2"/>', '<a c="2" b="1"/>'),
        ("<a>\n  <b/>\n</a>", "<a><b/></a>"),
        ('<a xmlns="u"><b/></a>', '<x:a xmlns:x="u"><x:b/></x:a>'),
        ('<x:a xmlns:x="u" xmlns:y="v"/>', '<x:a xmlns:x="u"/>'),
        ('<a xmlns:x="u" xmlns:y="v" x:m="1" y:n="2"/>', '<a xmlns:x="v" xmlns:y="u" x:n="2" y:m="1"/>'),
        ("<a>x<!-- c -->y</a>", "<a>xy</a>"),
        ("<a><?p i?><b/></a>", "<a><b/></a>"),
        ("<a><![CDATA[<]]></a>", "<a>&lt;</a>"),
        ("<?xml version='1.0'?><!-- x --><a/>", "<a/>"),
        (
            '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="urn:s" i:type="s:int"/>',
            '<a xmlns:j="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:s" j:type="t:int"/>',
        ),
    ],
)
def test_same(one: str, other: str) -> None:
    """Prefixes, order of attributes, comments, CDATA and space between elements make no difference."""
    same_xml(parse(one, "one"), parse(other, "other"), "here")
    same_xml(parse(one, "one"), parse(one, "one"), "here")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a> x</a>", "<a>x</a>"),
        ("<a/>", "<a> </a>"),
        ('<a xmlns="u"/>', "<a/>"),
        ('<a xmlns="u"/>', '<a xmlns="v"/>'),
        ('<a b="1"/>', '<a b="2"/>'),
        ('<a xml:lang="en"/>', '<a xml:lang="de"/>'),
        ("<a><b/><c/></a>", "<a><c/><b/></a>"),
        ("<a>x<b/></a>", "<a><b/>x</a>"),
        ('<a b="&quot; c=&quot;"/>', '<a b="" c=""/>'),
        ("<a>&lt;b/&gt;</a>", "<a><b/></a>"),
        ('<a type="s:int" xmlns:s="urn:s"/>', '<a type="t:int" xmlns:t="urn:s"/>'),
        (
            '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="urn:s" i:type="s:int"/>',
            '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="urn:t" i:type="s:int"/>',
        ),
        ('<x:a xmlns:x="u"><x:b xmlns:x="v"/></x:a>', '<x:a xmlns:x="u"><x:b/></x:a>'),
        ('<a xmlns="u" xmlns:ns="v" xmlns:ns2="w"/>', '<a xmlns="w" xmlns:ns="u" xmlns:ns2="v"/>'),
    ],
)
def test_not_same(one: str, other: str) -> None:
    """Text, names, namespaces, values and the order of elements do make a difference, and it is shown."""
    with pytest.raises(CheckFailed, match="The documents differ") as caught:
        same_xml(parse(one, "one"), parse(other, "other"), "here")
    assert any(line.startswith("- ") for line in caught.value.diff) or any(
        line.startswith("+ ") for line in caught.value.diff
    )


def test_the_difference_is_shown() -> None:
    """Elements stand one a line, a namespace is declared where it comes first, and mixed content is kept apart."""
    expected = '<s:e xmlns:s="u"><s:b id="1" k="2">text<i>x</i></s:b></s:e>'
    actual = '<t:e xmlns:t="u"><t:b k="2" id="1">text<i>y</i>\n</t:b></t:e>'
    with pytest.raises(CheckFailed) as caught:
        same_xml(parse(actual, "one"), parse(expected, "other"), "here")
    assert caught.value.diff == (
        '  <s:e xmlns:s="u">',
        '    <s:b id="1" k="2">',
        "      text",
        "-     <i>x</i>",
        "+     <i>y</i>",
        "    </s:b>",
        "  </s:e>",
    )
