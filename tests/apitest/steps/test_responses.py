"""Sentences that check a response."""

import pytest

from apitest.clients.response import Answer
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


@pytest.fixture
def page(play: Play, web: WebServer) -> Play:
    """A scenario whose last response is "Hello, world" with status 200."""
    play(f'address "{web.address}/body?type=text/plain"', 'format "RAW"', 'REST method "POST"')
    play('request is "Hello, world"', "the URL is invoked")
    return play


def respond(play: Play, web: WebServer, format_: str, body: str) -> None:
    play(f'address "{web.address}/body"', 'REST method "POST"', 'format "RAW"')
    play.step("request is", text=body)
    play(f'response format "{format_}"', "the URL is invoked")


PASSING = [
    'status is "200"',
    'status is "2xx"',
    'status is not "404"',
    'status is not "5xx"',
    'status is one of "201, 200"',
    'response time is less than "60000" ms',
    'response size is "12"',
    'response size is less than "13"',
    'response size is greater than "11"',
    "response is not empty",
    'response text is "Hello, world"',
    'response text is not "Hello"',
    'response text contains "world"',
    'response text does not contain "World"',
    'response text starts with "Hello"',
    'response text matches "^H[elo]+, w"',
    'response is equal to "Hello, world"',
    "JSON response does not exist",
]
FAILING = [
    ('status is "201"', "The status is not the expected one"),
    ('status is "5xx"', "The status is not the expected one"),
    ('status is not "200"', "other than this"),
    ('status is not "2XX"', "other than this"),
    ('status is one of "201, 202"', "not one of those expected"),
    ('response time is less than "0" ms', "out of bounds"),
    ('response size is "13"', "not the expected one"),
    ('response size is less than "12"', "out of bounds"),
    ('response size is greater than "12"', "out of bounds"),
    ("response is empty", "not empty"),
    ('response text is "Hello"', "not the expected one"),
    ('response text is not "Hello, world"', "other than"),
    ('response text contains "World"', "does not contain"),
    ('response text does not contain "world"', "must not contain"),
    ('response text starts with "hello"', "starts with something else"),
    ('response text matches "^world"', "does not match"),
    ('response is equal to "Hello"', "not the expected one"),
    ('response URL is "http://h/"', "not the expected one"),
    ("JSON response exists", "not valid JSON"),
    ('JSON response is equal to "{}"', "not valid JSON"),
]


def test_check_passes(page: Play, subtests: pytest.Subtests) -> None:
    """A check that holds lets the scenario go on."""
    for line in PASSING:
        with subtests.test(line):
            page(f"Then {line}")


def test_check_fails(page: Play, subtests: pytest.Subtests) -> None:
    """A check that does not hold fails, and says why."""
    for line, problem in FAILING:
        with subtests.test(line), pytest.raises(CheckFailed, match=problem):
            page(f"Then {line}")


def test_check_before_any_request(play: Play, subtests: pytest.Subtests) -> None:
    """A check without a response says what is missing."""
    for line in [line for line in PASSING if line.startswith(("status", "response t", "JSON"))]:
        with subtests.test(line), pytest.raises(CheckFailed, match="no response yet"):
            play(f"Then {line}")


def test_failed_status_shows_the_error(play: Play, web: WebServer) -> None:
    """A status is shown with its meaning, an error with what the server says."""
    play(f'address "{web.address}/status/404"', "the URL is invoked")
    with pytest.raises(CheckFailed) as raised:
        play('status is "200"')
    assert raised.value.expected == "200 OK"
    assert raised.value.actual == "404 Not Found: <html>as asked</html>"
    with pytest.raises(CheckFailed) as raised:
        play('status is one of "299, 2xx"')
    assert raised.value.expected == "299, 2xx"


def test_no_status(page: Play, subtests: pytest.Subtests) -> None:
    """What is not a status code is the test's mistake."""
    for status in ["OK", "2000", "", "x00", "20x"]:
        with subtests.test(status), pytest.raises(BadValue, match="not a status code"):
            page(f'status is "{status}"')


def test_values_are_stored(page: Play, web: WebServer) -> None:
    """Status and text can be used by later steps; the status is a number."""
    page('I store status under "status"', 'I store response text under "text"')
    assert page.zato.user_ctx == {"status": 200, "text": "Hello, world"}
    page('status is "#status"', 'response text is "#text"', f'response URL is "{web.address}/body?type=text/plain"')


def test_empty_response(play: Play, web: WebServer) -> None:
    """A response without a body is empty, and equal to nothing."""
    play(f'address "{web.address}/empty"', "the URL is invoked", "response is empty", 'response is equal to ""')
    play("JSON response does not exist")
    with pytest.raises(CheckFailed, match="empty"):
        play("response is not empty")


def test_json_is_compared(play: Play, web: WebServer) -> None:
    """JSON is compared by its content; a difference is shown as a diff."""
    respond(play, web, "JSON", '{"a": 1, "b": [true, null]}')
    play('response is equal to "{"b": [true, null], "a": 1}"', "JSON response exists")
    play('JSON response is equal to "{"a":1,"b":[true,null]}"')
    play.step("response is equal to:", text='{\n"a": 1, "b": [true, null]}')
    with pytest.raises(CheckFailed, match="differ") as raised:
        play.step("response is equal to", text='{"a": 2, "b": [true, null]}')
    assert raised.value.diff
    with pytest.raises(CheckFailed, match="The response must not be JSON"):
        play("JSON response does not exist")
    with pytest.raises(CheckFailed, match="not the expected one"):
        play('response is equal to ""')


@pytest.mark.parametrize("body", [b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": "\xe9"}'])
def test_what_may_be_json_does_exist(play: Play, body: bytes) -> None:
    """A body that some readers take for JSON and others refuse passes neither check."""
    play.zato.response = Answer(None, body, "JSON")
    for line in ("JSON response exists", "JSON response does not exist"):
        with pytest.raises(CheckFailed):
            play(line)


def test_expected_json_is_json(play: Play, web: WebServer) -> None:
    """An expected document that is not JSON is the test's mistake."""
    respond(play, web, "JSON", "{}")
    with pytest.raises(BadValue, match="not valid JSON"):
        play('response is equal to "{"')


def test_xml_is_compared(play: Play, web: WebServer) -> None:
    """XML is compared by its content."""
    respond(play, web, "XML", '<a x="1" y="2"> <b/> </a>')
    play("response is equal to \"<a y='2' x='1'><b></b></a>\"")
    with pytest.raises(CheckFailed, match="differ"):
        play('response is equal to "<a/>"')


def test_response_is_compared_with_a_file(play: Play, web: WebServer) -> None:
    """The expected response comes from the directory of the response's format."""
    for kind, body in {"JSON": "[1]", "XML": "<a/>", "RAW": "text", "FORM": "a=1"}.items():
        directory = play.run.project.features / kind.lower() / "response"
        directory.mkdir(parents=True)
        (directory / "expected").write_text(body)
        respond(play, web, kind, body)
        play('response is equal to that from "expected"')
        respond(play, web, kind, body.replace("1", "2").replace("a/", "b/").replace("text", "other"))
        with pytest.raises(CheckFailed):
            play('response is equal to that from "expected"')


def test_text_is_needed(page: Play) -> None:
    """The sentence for a doc string asks for one."""
    with pytest.raises(BadValue, match="a doc string"):
        page("response is equal to")


def test_answer_of_another_kind(play: Play) -> None:
    """An answer that came another way has a text and no status."""
    play.zato.response = Answer(None, b"hello", "RAW")
    play('response text is "hello"')
    with pytest.raises(CheckFailed, match="did not come over HTTP"):
        play('status is "200"')
