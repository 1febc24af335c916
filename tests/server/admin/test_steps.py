"""Tests of apitest_server.admin.steps."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.admin.steps import scenario


def body(text: str) -> str:
    found = re.search(r'"""\n(.*)\n    """', text, re.DOTALL)
    assert found
    return found[1]


def test_a_scenario_calls_the_service() -> None:
    """With what it was called with; what is secret comes from the environment."""
    text = scenario("It\nwas done", "http://h:1", "zato.x.create", {"name": "n", "secret-key": ""}, {"secret-key"})
    assert text.startswith("Scenario: It was done\n")
    assert '  Given address "http://h:1"\n' in text
    assert '  And URL path "/zato/json/zato.x.create"\n' in text
    assert '"secret-key": "${SECRET_KEY}"' in text
    assert text.endswith('  And path "/zato_env/result" is "ZATO_OK"\n')


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)))
def test_the_request_is_the_input(fields: dict[str, object]) -> None:
    """Whatever is in it; nothing in it is taken for a variable."""
    text = body(scenario("t", "a", "s", fields, ()))
    assert json.loads(text) == fields
    for value in json.loads(text).values():
        assert not re.search(r"[$#@]\{", json.dumps(value)) or not re.search(r"[$#@]\{", text)


def test_what_looks_like_a_variable_stays_text() -> None:
    """It is written so that the runner puts nothing in."""
    text = body(scenario("t", "a", "s", {"a": "${HOME} #{x} @{y}"}, ()))
    assert not re.search(r"[$#@]\{", text)
    assert json.loads(text) == {"a": "${HOME} #{x} @{y}"}
