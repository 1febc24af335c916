"""apitest.documents.xpath: what XPaths find and set, and what is said when they do not."""

from collections.abc import Mapping

import pytest
from lxml import etree

from apitest.documents import xpath as xpaths
from apitest.errors import BadValue, CheckFailed

ENVELOPE = """\
<soap:Envelope xmlns:soap="urn:soap"><soap:Body><m:Get xmlns:m="urn:m" id="7" m:lang="en">
<m:Status code="x">OK</m:Status><plain>p<!-- c -->q</plain><item>1</item><item>2</item><none/>
</m:Get></soap:Body></soap:Envelope>"""
DECLARED = {"soap": "urn:soap", "mm": "urn:m", "": "urn:default"}


def document(text: str = ENVELOPE) -> etree._Element:
    return xpaths.parse(text, "the response")


@pytest.mark.parametrize(
    ("xpath", "value"),
    [
        ("//mm:Status", "OK"),
        ("//mm:Status/@code", "x"),
        ("//mm:Status/text()", "OK"),
        ("/soap:Envelope/soap:Body/mm:Get/item[2]", "2"),
        ("//item", "1"),
        ("//none", ""),
        ("//plain", "pq"),
        ("count(//item)", "2"),
        ("1 div 4", "0.25"),
        ("0 div 0", "nan"),
        ("//item = 2", "true"),
        ("boolean(//nope)", "false"),
        ("string(//nope)", ""),
        ("soap:Body/mm:Get/@id", "7"),
        ("//soap:Body/namespace::soap", "urn:soap"),
        ("normalize-space(/soap:Envelope)", "OKpq12"),
        ("//mm:Get/@xml:lang | //mm:Get/@mm:lang", "en"),
    ],
)
def test_value(xpath: str, value: str) -> None:
    """The text of the first find is given, be it an element, an attribute, a text, a number or a bool."""
    found = xpaths.value(document(), xpath, DECLARED)
    assert "".join(found.split()) == value


def test_texts() -> None:
    """All finds are given as texts, in document order."""
    assert xpaths.texts(document(), "//item | //none") == ["1", "2", ""]
    assert xpaths.texts(document(), "count(//item)") == ["2"]
    assert xpaths.texts(document(), "//nope") == []


def test_select() -> None:
    """All finds are given in document order, a computed value as the only one, none as an empty list."""
    root = document()
    assert [element.text for element in xpaths.select(root, "//item")] == ["1", "2"]
    assert xpaths.select(root, "count(//item)") == [2.0]
    assert xpaths.select(root, "//nope", {}) == []


def absent(xpath: str, namespaces: Mapping[str, str]) -> tuple[str, str]:
    with pytest.raises(CheckFailed) as caught:
        xpaths.value(document(), xpath, namespaces, "the response")
    start = f'The XPath "{xpath}" finds nothing: there is no '
    assert caught.value.problem.startswith(start)
    assert caught.value.where == "the response"
    return caught.value.problem.removeprefix(start), caught.value.fix


ALL = "There: soap:Envelope, soap:Body, mm:Get, mm:Status, plain, item, none"
INSIDE = "There: mm:Status, plain, item, none"


@pytest.mark.parametrize(
    ("xpath", "missing", "fix"),
    [
        ("//Status", "Status", "Status is there, in the namespace of mm: write mm:Status."),
        ("//mm:plain", "mm:plain", "plain is there, in no namespace: write it without a prefix."),
        ("//mm:status", "mm:status", f"Did you mean mm:Status?\n{ALL}"),
        ("/Envelope", "Envelope", "Envelope is there, in the namespace of soap: write soap:Envelope."),
        ("/soap:Body", "soap:Body", "There: soap:Envelope"),
        ("//mm:Get/zzz", "zzz below mm:Get", INSIDE),
        ("//mm:Get//zzz/x", "zzz below mm:Get", "There: mm:Get, mm:Status, plain, item, none"),
        ("//mm:Get/child::itm", "child::itm below mm:Get", f"Did you mean item?\n{INSIDE}"),
        ("//mm:Get/@ident", "@ident below mm:Get", "There: @id, @mm:lang"),
        ("//mm:Get/@mm:lng", "@mm:lng below mm:Get", "Did you mean @mm:lang?\nThere: @id, @mm:lang"),
        ("//none/x", "x below none", ""),
        ("//none/@x", "@x below none", ""),
        ("//item[. = 'a/b']", "item[. = 'a/b']", 'Without its conditions it finds 2, the first one "1".'),
        ("//item[mm:x[1]]", "item[mm:x[1]]", ALL),
        ("//item[x[1]]", "item[x[1]]", ALL),
        ("(//mm:zzz)[1]", "(//mm:zzz)[1]", ALL),
        ("//item[. = ']']", "item[. = ']']", ALL),
        ("mm:Status", "mm:Status", ALL),
        ("//a | //b/c", "a | ", ALL),
    ],
)
def test_absent(xpath: str, missing: str, fix: str) -> None:
    """A path that finds nothing says which step failed, what is there and what may be meant."""
    assert absent(xpath, DECLARED) == (missing, fix)


@pytest.mark.parametrize(
    ("namespaces", "prefix"),
    [({}, "m"), ({"m": "urn:other"}, "ns")],
)
def test_a_namespace_to_declare(namespaces: dict[str, str], prefix: str) -> None:
    """An element in a namespace that no prefix stands for comes with the sentence that declares one."""
    missing, fix = absent("//Status", namespaces)
    assert missing == "Status"
    assert fix == (
        f"Status is there, in another namespace: write {prefix}:Status, with\n"
        f'Given namespace prefix "{prefix}" of "urn:m"'
    )


def test_default_namespace() -> None:
    """An element in the default namespace is found with a prefix, and the message proposes one."""
    root = document('<order xmlns="urn:o"><line/></order>')
    with pytest.raises(CheckFailed) as caught:
        xpaths.value(root, "/order/line", {})
    assert caught.value.fix.endswith('write ns:order, with\nGiven namespace prefix "ns" of "urn:o"')
    with pytest.raises(CheckFailed) as caught:
        xpaths.value(root, "//zzz", {})
    assert caught.value.fix == "There: order, line"


def test_many_names_are_counted() -> None:
    """Of many elements a dozen are named and the rest is counted."""
    root = document("<a>" + "".join(f"<e{number}/>" for number in range(20)) + "</a>")
    with pytest.raises(CheckFailed) as caught:
        xpaths.value(root, "/a/zzz")
    assert caught.value.fix.endswith("e10, e11 and 8 more")


@pytest.mark.parametrize(
    ("xpath", "namespaces", "fix"),
    [
        (
            "//m:Status",
            {"mm": "urn:m"},
            'Did you mean mm?\nDeclared: mm (urn:m)\nDeclare it with: Given namespace prefix "m" of "urn:m"',
        ),
        ("//q:x", {}, 'None is declared yet.\nDeclare it with: Given namespace prefix "q" of "…"'),
        ("//q:x[@id = 'a:b']/@xml:id", {}, 'None is declared yet.\nDeclare it with: Given namespace prefix "q" of "…"'),
    ],
)
def test_undeclared_prefix(xpath: str, namespaces: dict[str, str], fix: str) -> None:
    """A prefix that is not declared is named, with those that are and the sentence that declares it."""
    with pytest.raises(BadValue, match="which is not declared") as caught:
        xpaths.value(document(), xpath, namespaces)
    assert caught.value.fix == fix


@pytest.mark.parametrize(
    ("xpath", "problem", "excerpt"),
    [
        ("//item[", "invalid expression", "//item[\n       ^"),
        ("", "invalid expression", "\n^"),
        ("foo(//a)", "unregistered function", ""),
        ("$x", "undefined variable", ""),
        ("//é:x", "undefined namespace prefix", ""),
        ("\x00", "all strings must be XML compatible", ""),
    ],
)
def test_malformed(xpath: str, problem: str, excerpt: str) -> None:
    """A path that is not an XPath is the test's own mistake, and the place is marked where it is known."""
    with pytest.raises(BadValue, match=f"cannot be used: {problem}") as caught:
        xpaths.select(document(), xpath)
    assert caught.value.excerpt == excerpt


@pytest.mark.parametrize(
    ("xpath", "check"),
    [
        ("//mm:Status", "//mm:Status"),
        ("//item", "//item[2]"),
        ("//mm:Get/@id", "//mm:Get/@id"),
        ("//mm:Get/@mm:lang", "//mm:Get/@mm:lang"),
        ("//mm:Status/text()", "//mm:Status"),
        ("//none", "//none"),
        ("//plain", "//plain"),
        ("//soap:Body", "//soap:Body/text()"),
        ("//plain/text()[2]", "//plain/text()[2]"),
    ],
)
def test_assign(xpath: str, check: str) -> None:
    """Every element, attribute or text that is found gets the new text; elements inside stay."""
    root = document()
    count = len(xpaths.select(root, "//*"))
    xpaths.assign(root, xpath, DECLARED, "<new> & more")
    assert xpaths.value(root, check, DECLARED) == "<new> & more"
    assert len(xpaths.select(root, "//*")) == count


@pytest.mark.parametrize(
    ("xpath", "text", "problem"),
    [
        ("//nope", "x", 'The XPath "//nope" finds nothing: there is no nope'),
        ("count(//item)", "x", 'The XPath "count(//item)" must find an element or attribute, not 2.0'),
        ("string(//item)", "x", 'The XPath "string(//item)" must find an element or attribute, not "1"'),
        ("//item", "\x00", 'XML cannot hold all characters of "\\u0000"'),
        ("//mm:Get/@id", "\x1b", 'XML cannot hold all characters of "\\u001b"'),
    ],
)
def test_assign_refused(xpath: str, text: str, problem: str) -> None:
    """What is not there, has no text to set or cannot be written in XML is refused."""
    with pytest.raises(BadValue) as caught:
        xpaths.assign(document(), xpath, DECLARED, text, "the request")
    assert (caught.value.problem, caught.value.where) == (problem, "the request")


def test_a_namespace_would_find_it() -> None:
    """An element whose name is there, but in a namespace, is told; of attributes nothing is said."""
    hint = xpaths.elsewhere(document(), "//Status", DECLARED)
    assert "mm:Status" in hint
    assert xpaths.elsewhere(document(), "//nowhere", DECLARED) == ""
    assert xpaths.elsewhere(document(), "//plain/@code", DECLARED) == ""
