"""Tests of apitest_server.wsx.overtaking."""

import json

from apitest_server.wsx.overtaking import answer_in
from apitest_server.wsx.protocol import client_response, invoke_service


def test_answers_are_told_from_all_else() -> None:
    """As text and as bytes, with the action or without; a message that only speaks of one is none."""
    answer = client_response("1", "t", "asked", "token", {}, {"a": 1})
    short = json.dumps({"meta": {"in_reply_to": "asked"}, "data": {"response": {"a": 1}}})
    for raw in (answer, answer.encode(), short, short.encode()):
        found = answer_in(raw)
        assert found is not None
        assert (found.in_reply_to, found.response) == ("asked", {"a": 1})
    for data in ("client-response", "else"):
        call = invoke_service("1", "t", "token", {}, data)
        assert answer_in(call) is answer_in(call.encode()) is None


def test_what_is_malformed_has_its_turn() -> None:
    """What cannot be read, and what holds too many values, is not taken for an answer."""
    answer = client_response("1", "t", "asked", "token", {}, [0] * 200)
    assert answer_in(answer) is not None
    assert answer_in(answer, 100) is answer_in("{") is answer_in(b"\xff") is None
