"""Sentences that put values into the XML of the request."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play

DAYS = "YYYY-MM-DD"


@pytest.fixture
def request_of(play: Play) -> Play:
    """A feature with an XML request."""
    play('format "XML"', 'namespace prefix "c" of "urn:cust"')
    play('request is "<root xmlns:c="urn:cust"><c:name id="1"/><howdy/><howdy/></root>"')
    return play


def made(play: Play, words: str) -> str:
    play(f'XPath "//howdy" in request is {words}')
    return str(play.zato.request.data_impl.find("howdy").text)


def test_texts_are_put_in(request_of: Play) -> None:
    """Every element and attribute that the XPath finds gets the text."""
    request_of('XPath "//c:name" in request is "Maria"', 'XPath "//c:name/@id" in request is "7"')
    request_of.zato.user_ctx["n"] = 5
    request_of('XPath "//howdy" in request is "#n"')
    root = request_of.zato.request.data_impl
    name = root.find("{urn:cust}name")
    assert (name.text, name.get("id")) == ("Maria", "7")
    assert [element.text for element in root.findall("howdy")] == ["5", "5"]


def test_values_are_made_up(request_of: Play) -> None:
    """Random values are put in as texts."""
    assert made(request_of, "a random string")[0].isalpha()
    assert 0 <= int(made(request_of, "a random integer")) <= 99
    assert 0 <= float(made(request_of, "a random float")) <= 99
    assert UUID(made(request_of, "a UUID4")).version == 4
    assert made(request_of, 'one of "Arcturus, Ανδρομέδα, ほうおう座"') in ("Arcturus", "Ανδρομέδα", "ほうおう座")


def test_the_time_is_that_of_the_clock(request_of: Play) -> None:
    """Now and UTC now lie between the moments before and after the step."""
    request_of('date format "precise" "YYYY-MM-DDTHH:mm:ss.SSSSSSZZ"')
    for words, ago in (
        ('now "precise"', timedelta()),
        ('UTC now "precise"', timedelta()),
        ('UTC now "precise" minus one hour', timedelta(hours=1)),
    ):
        before = datetime.now(UTC)
        assert before <= datetime.fromisoformat(made(request_of, words)) + ago <= datetime.now(UTC)


def test_random_dates_keep_their_bounds(request_of: Play) -> None:
    """Dates are made after, before and between others of their format."""
    assert len(made(request_of, f'a random date "{DAYS}"')) == len("2026-01-01")
    assert made(request_of, f'a random date after "2026-01-31" "{DAYS}"') > "2026-01-31"
    assert made(request_of, 'a random date before "2015-03-17T00:00:00" "default"') < "2015-03-17"
    assert made(request_of, f'a random date between "2026-01-01" and "2026-01-03" "{DAYS}"') == "2026-01-02"


def test_many_xpaths_are_set(request_of: Play) -> None:
    """Each row of the table puts a text into the request."""
    rows = [["//c:name", "", "Maria"], ["//howdy", "one of", "x"]]
    request_of.step("Given XPaths in request are", table=[["XPath", "type", "value"], *rows])
    assert [element.text for element in request_of.zato.request.data_impl] == ["Maria", "x", "x"]


def test_mistakes_are_told(request_of: Play) -> None:
    """An XPath that finds nothing, an undeclared prefix and a request that is not XML are the test's fault."""
    with pytest.raises(BadValue, match="finds nothing"):
        request_of('XPath "//nothing" in request is "1"')
    with pytest.raises(BadValue, match="not declared"):
        request_of('XPath "//d:name" in request is "1"')
    request_of('format "JSON"', 'request is "{}"')
    with pytest.raises(BadValue, match="needs a request in XML"):
        request_of('XPath "//howdy" in request is "1"')


def test_a_request_that_is_not_a_document(play: Play) -> None:
    """A value that is not a text or a document cannot be changed by XPaths: the error says what it is."""
    play('format "XML"')
    play.zato.user_ctx["order"] = {"id": 1}
    play('request is "#order"')
    with pytest.raises(BadValue, match="needs a request in XML, and the request is a dict"):
        play('XPath "//id" in request is "7"')


@pytest.mark.parametrize("prefix", ["", "a b", "1a", "a:b", "xml"])
def test_what_is_no_prefix(play: Play, prefix: str) -> None:
    """It is told at once, and not by the first XPath."""
    with pytest.raises(BadValue, match="cannot be a prefix"):
        play(f'namespace prefix "{prefix}" of "urn:x"')
