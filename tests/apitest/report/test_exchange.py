import json

from hypothesis import given
from hypothesis import strategies as st

from apitest.events import Exchange, Frame
from apitest.report.exchange import body_lines, exchange_lines, folded_json
from apitest.report.style import Style
from tests.apitest.report.samples import EXCHANGE, NO_ANSWER

FRAMES = (
    Frame("sent", "text", '{"a": 1}', 0.0121),
    Frame("received", "text", "two\nlines", 0.5),
    Frame("received", "ping", "", 12.0),
    Frame("received", "close", "1000 bye", 100.25),
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner, max_size=5),
    max_leaves=30,
)


def test_short_form() -> None:
    """Headers that every message has are left out; what was sent and what came are told apart."""
    lines = exchange_lines(EXCHANGE, Style(), 120, full=False)
    assert lines == [
        "> POST http://127.0.0.1:8080/customers?expand=addresses",
        "> Host: 127.0.0.1:8080",
        "> Authorization: Basic ***",
        "> Content-Type: application/json",
        ">",
        '> {"name":"Mario","address":{"street":"Main Street 12","city":"Łódź"},"orders":[{"id":1,"total":12.5}]}',
        "< 200 OK · 12 ms",
        "< Content-Type: application/json",
        "< X-Request-Id: 8f14e45f",
        "<",
        '< {"customer":{"name":"Mario","id":17,"tags":["a","b"]}}',
    ]


def test_full_form() -> None:
    """In full, every header is there."""
    lines = exchange_lines(EXCHANGE, Style(), 120, full=True)
    assert "> User-Agent: apitest" in lines and "< Date: Mon, 01 Jan 2024 12:00:00 GMT" in lines


def test_no_answer() -> None:
    """Nothing stands for an answer that never came."""
    assert not any(line.startswith("<") for line in exchange_lines(NO_ANSWER, Style(), 80, full=True))


def test_other_protocols() -> None:
    """A statement of several lines, and an answer without a status line."""
    sql = Exchange("SQL", "SELECT 1\nFROM dual", response_body="1 row")
    assert exchange_lines(sql, Style(), 80, full=False) == ["> SELECT 1", "> FROM dual", "< answered", "<", "< 1 row"]


def test_long_header_is_wrapped_and_its_name_painted() -> None:
    """A header wider than the terminal goes on below."""
    exchange = Exchange("HTTP", "GET x", (("X-Long", "word " * 6),))
    assert exchange_lines(exchange, Style(), 22, full=False)[1:] == ["> X-Long: word word", "> word word word word"]
    assert exchange_lines(exchange, Style(color=True), 80, full=False)[1].startswith(
        "\x1b[2m>\x1b[0m \x1b[2mX-Long:\x1b[0m word"
    )


def test_long_bodies_are_shortened_unless_in_full() -> None:
    """A long body ends with how much of it is left out; one line more is shown instead."""
    body = "\n".join(map(str, range(30)))
    assert body_lines(body, Style(), 80, full=False)[-2:] == ["13", "… 16 more lines"]
    assert body_lines(body, Style(), 80, full=True)[-1] == "29"
    assert body_lines("\n".join("abcdefghijklmno"), Style(), 80, full=False)[-1] == "o"


def test_what_is_no_json_stays_as_it_is() -> None:
    """A body cut off, or one that only looks like JSON, is wrapped."""
    assert body_lines('{"a": "' + "x" * 20, Style(), 10, full=False) == ['{"a":', '"xxxxxxxxx', "xxxxxxxxxx", "x"]


@given(JSON, st.integers(5, 100))
def test_folding_keeps_the_value(value: object, width: int) -> None:
    """Folded JSON is the same JSON, and where it is one line it fits or cannot be folded."""
    folded = folded_json(value, width)
    assert json.loads(folded) == value
    if "\n" not in folded:
        assert len(folded) <= width or not value or not isinstance(value, dict | list)


def test_folded_json_is_compact() -> None:
    """What fits on a line stays on one."""
    value = {"a": [1, 2], "b": [{"name": "x" * 10}, {"name": "y" * 10}]}
    assert folded_json(value, 30).split("\n") == [
        "{",
        '  "a": [1, 2],',
        '  "b": [',
        '    {"name": "xxxxxxxxxx"},',
        '    {"name": "yyyyyyyyyy"}',
        "  ]",
        "}",
    ]


def test_what_is_deep_is_folded_as_far_as_there_is_room() -> None:
    """The text of a document grows with its size, not with the square of its depth."""
    value: object = 1
    for _ in range(900):
        value = [value]
    folded = folded_json(value, 80)
    assert json.loads(folded) == value
    assert len(folded) < 5000
    assert max(map(len, folded.split("\n"))) > 900


def test_frames() -> None:
    """What went over a WebSocket is below its handshake: the direction, the time, the type, what it was."""
    told = Exchange("WebSocket", "GET ws://h/", response="101 Switching Protocols", frames=FRAMES)
    frames = [
        '>    0.012 s  text    {"a": 1}',
        "<    0.500 s  text    two",
        "<                     lines",
        "<   12.000 s  ping",
        "<  100.250 s  close   1000 bye",
    ]
    assert exchange_lines(told, Style(), 80, full=False) == ["> GET ws://h/", "< 101 Switching Protocols", *frames]


def test_frames_of_a_connection_that_was_told_before() -> None:
    """Frames without a handshake stand below the name of their connection."""
    told = Exchange("WebSocket", 'WebSocket "feed"', frames=FRAMES[3:])
    assert exchange_lines(told, Style(), 80, full=True) == ['WebSocket "feed"', "<  100.250 s  close   1000 bye"]


def test_frames_keep_to_the_width() -> None:
    """Long messages are wrapped, and shortened unless in full."""
    told = Exchange("WebSocket", 'WebSocket "feed"', frames=(Frame("sent", "text", "x" * 2_000, 0.0),))
    for full in (True, False):
        lines = exchange_lines(told, Style(), 60, full=full)
        assert all(len(line) <= 60 for line in lines)
        assert (len(lines) > 20) == full
