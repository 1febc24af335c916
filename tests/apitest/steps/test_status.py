"""What the sentences about status codes look at."""

import pytest

from apitest.clients.http.client import HTTPAnswer
from apitest.clients.http.message import Headers, Outgoing, Received
from apitest.clients.response import Answer
from apitest.errors import BadValue, CheckFailed
from apitest.steps import status


def answered(code: int, body: bytes = b"") -> HTTPAnswer:
    """An answer with this status."""
    request = Outgoing("GET", "http://h/", Headers())
    return HTTPAnswer(Received(code, "As It Is", request.url, Headers(), [], body, request), "RAW")


def test_codes_and_classes_fit() -> None:
    """A status is three digits, or a class such as 2xx."""
    for actual, wanted in ((200, "200"), (200, 200), (204, "2xx"), (404, " 4XX "), (599, "5xx")):
        assert status.fits(actual, wanted)
    for actual, wanted in ((200, "201"), (199, "2xx"), (500, "404")):
        assert not status.fits(actual, wanted)


def test_other_texts_are_not_status_codes() -> None:
    """A mistake in the test's text is never a failed check."""
    for wanted in ("", "20", "2000", "2x", "xxx", "2xy", "ok", "-20"):
        with pytest.raises(BadValue, match="is not a status code"):
            status.fits(200, wanted)


def test_a_failure_shows_what_came() -> None:
    """Expected codes have their names; of an error the body's beginning is shown."""
    with pytest.raises(CheckFailed, match="not one of those expected") as caught:
        status.check(answered(500, b"it \n broke"), ["200", "2xx"])
    assert (caught.value.expected, caught.value.actual) == ("200 OK, 2xx", "500 As It Is: it broke")
    with pytest.raises(CheckFailed, match="other than this") as caught:
        status.refuse(answered(200, b"fine"), "2xx")
    assert caught.value.actual == "200 As It Is"
    status.check(answered(201), ["200", "201"])
    status.refuse(answered(201), "5xx")


def test_answers_of_other_clients_have_no_status() -> None:
    """A check of a status fails where nothing came over HTTP."""
    with pytest.raises(CheckFailed, match="did not come over HTTP"):
        status.of(Answer(None, b"", "JSON"))
