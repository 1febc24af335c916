"""Tests of apitest_server.wsx.finished."""

import pytest

from apitest_server.wsx import finished
from apitest_server.wsx.finished import Finished, keys_of


def test_only_deliveries_have_keys() -> None:
    """What is no list is none."""
    assert keys_of({"msg_id": "x"}) == ()
    assert keys_of([{"msg_id": "a", "sub_key": "k"}, {"msg_id": "b"}, 1]) == ("k a", " b", "")


def test_what_was_finished_with_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are remembered, each by its subscription; what has no ID, and what is no list, is as it is."""
    monkeypatch.setattr(finished, "REMEMBERED", 2)
    known, messages = Finished(), [{"msg_id": name, "sub_key": "k"} for name in "abc"]
    known.add(keys_of(messages))
    assert known.without(messages) == messages[:1]
    other = [{"msg_id": "c", "sub_key": "other"}, "c"]
    known.add(keys_of(["c"]))
    assert known.without(other) == other
    assert known.without("c") == "c"
