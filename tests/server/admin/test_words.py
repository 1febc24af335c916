"""Tests of apitest_server.admin.words."""

from datetime import datetime

import pytest

from apitest_server.admin.words import label, lowered, plain, pretty, prose, shown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("max_message_size", "Max message size"),
        ("is_active", "Active"),
        ("url_path", "URL path"),
        ("id", "ID"),
        ("change-password", "Change password"),
        ("is_", "is_"),
        ("hb_frequency", "Heartbeat frequency"),
        ("is_tz_aware", "Time zone aware"),
    ],
)
def test_a_field_has_a_label(name: str, text: str) -> None:
    """Its words, the first one with a capital, abbreviations as they are written."""
    assert label(name) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1234567, "1\u202f234\u202f567"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
        (["a", 1], "a, 1"),
        ([{"a": 1}], '[{"a": 1}]'),
        ("text", "text"),
        (1.5, "1.5"),
    ],
)
def test_a_value_is_shown(value: object, text: str) -> None:
    """As people read it."""
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (False, "false"), (["a", "b"], "a\nb"), ("x", "x"), (5, "5"), ([1], "[1]"),
        ({"a": 1}, '{"a": 1}'),
    ],
)  # fmt: skip
def test_a_value_is_in_a_field(value: object, text: str) -> None:
    """As one would type it."""
    assert plain(value) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Job", "job"), ("JWT definition", "JWT definition"), ("Outgoing WSX connection", "outgoing WSX connection"),
        ("Basic Auth definition", "Basic Auth definition"), ("WebSocket channel", "WebSocket channel"), ("", ""),
        ("Odoo connection", "Odoo connection"),
        ("Solr connection", "Solr connection"),
        ("MongoDB connection", "MongoDB connection"),
    ],
)  # fmt: skip
def test_a_title_in_a_sentence(title: str, text: str) -> None:
    """Its first letter is a small one, but not that of an abbreviation or a proper name."""
    assert lowered(title) == text


def test_prose_has_no_marks_of_code() -> None:
    """Docstrings have them."""
    assert prose("as in ``WHERE id = :id``.") == "as in WHERE id = :id."
    assert prose("The endpoint `till` waits `.") == "The endpoint “till” waits `."


def test_results_are_indented() -> None:
    """But text is as it is."""
    assert pretty({"a": [1]}) == '{\n  "a": [\n    1\n  ]\n}'
    assert pretty("as it is") == "as it is"
