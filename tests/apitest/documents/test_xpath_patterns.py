"""apitest.documents.xpath_patterns: EXSLT's functions for regular expressions, as lxml has them."""

from typing import Any

import pytest
from lxml import etree

from apitest.documents import patterns, xpath
from apitest.errors import BadValue, SearchStopped

_NAMESPACES = {"re": "http://exslt.org/regular-expressions"}
_DOCUMENT = etree.fromstring("<a><b>x1</b><b>Y22<c>z</c></b><b/></a>")


def _plain(found: Any) -> Any:
    if isinstance(found, list):
        return [etree.tostring(each) if isinstance(each, etree._Element) else each for each in found]
    return found


@pytest.mark.parametrize(
    "path",
    [
        "//b[re:test(., '^[a-z][0-9]$')]",
        "//b[re:test(., '^y', 'i')]",
        "//b[re:test(., '^y')]",
        "re:test(//none, '^$')",
        "re:test(12, '^12')",
        "re:match(//b, '([a-z])([0-9])')",
        "re:match(string(/a), '[0-9]', 'g')",
        "re:match(string(/a), '([a-z])([0-9])?', 'gi')",
        "re:match(//b, 'q')",
        "re:replace(string(/a), '[0-9]', 'g', '-')",
        "re:replace(string(/a), '([0-9])', '', '<\\1>')",
        "re:replace(//b/text(), 'X', 'i', '')",
    ],
)
def test_as_lxml(path: str) -> None:
    """The functions find what those of lxml find."""
    theirs = _plain(etree.XPath(path, namespaces=_NAMESPACES)(_DOCUMENT))
    if isinstance(theirs, float) and theirs.is_integer():
        theirs = int(theirs)
    ours = _plain(xpath.select(_DOCUMENT, path, _NAMESPACES))
    assert ours == (theirs if isinstance(theirs, list) else [theirs])


@pytest.mark.parametrize("path", ["re:test(., '(')", "re:match(., '[')", "re:replace(., 'x', '', '\\9')"])
def test_not_valid(path: str) -> None:
    """A pattern or a replacement that is not valid is refused."""
    with pytest.raises(BadValue):
        xpath.select(_DOCUMENT, path, _NAMESPACES)


def test_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that takes too long fails the check."""
    monkeypatch.setattr(patterns, "SECONDS", 0.02)
    patterns._until.set(None)  # Not what is left of a step of another test
    document = etree.fromstring(f"<a>{'a' * 60}b</a>")
    for path in ("re:test(., '(a|a)+$')", "re:match(., '(a|a)+$', 'g')", "re:replace(., '(a|a)+$', 'g', '')"):
        with pytest.raises(SearchStopped):
            xpath.select(document, path, _NAMESPACES)
