"""Tests of apitest_server.admin.steps."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.admin.steps import Lookup, Secret, scenario, variables, without_secrets

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    max_leaves=10,
)


def bodies(text: str) -> list[str]:
    return re.findall(r'"""\n(.*?)\n    """', text, re.DOTALL)


def test_a_scenario_calls_the_service() -> None:
    """With what it was called with; what is secret comes from the environment."""
    fields = without_secrets({"name": "n", "secret-key": "hush", "x": "hush"}, ["x"])
    text = scenario("It\nwas\x00done", "http://h:1", "zato.x.create", fields)
    assert text.startswith("Scenario: It was done\n")
    assert '  Given address "http://h:1"\n' in text
    assert '  And URL path "/zato/json/zato.x.create"\n' in text
    assert '"secret-key": "${SECRET_KEY}"' in text
    assert '"x": "${X}"' in text
    assert "hush" not in text
    assert text.endswith('  And path "/zato_env/result" is "ZATO_OK"\n')
    assert variables(fields) == ["SECRET_KEY", "X"]


def test_what_differs_elsewhere_is_looked_up_first() -> None:
    """And is put in where it is needed."""
    lookup = Lookup("id", "zato.x-y.get-by-name", {"name": "n"}, "/id")
    text = scenario("t", "a", "zato.x-y.delete", {"id": 7, "force": True}, [lookup])
    assert '  And I store "/zato_x_y_get_by_name_response/id" from response under "id"\n' in text
    first, second = bodies(text)
    assert json.loads(first) == {"name": "n"}
    assert json.loads(second.replace("#{id}", "5")) == {"id": 5, "force": True}
    assert '"#{id}"' in scenario("t", "a", "zato.x.delete", {"id": "seven"}, [lookup])
    assert text.index("get-by-name") < text.index("zato.x-y.delete")


@given(st.dictionaries(st.text(), JSON))
def test_the_request_is_the_input(fields: dict[str, Any]) -> None:
    """Whatever is in it; nothing in it is taken for a variable, and no line ends where it should not."""
    (text,) = bodies(scenario("t", "a", "s", fields))
    assert json.loads(text) == fields
    assert not re.search(r"[$#@]\{", text)
    assert text.split("\n") == text.splitlines()


def test_secrets_are_hidden_wherever_they_are() -> None:
    """In parts of parts; all below the name of a secret is one; numbers stand without quotes."""
    fields = {
        "data": [{"password": "hush", "pin": 4711, "user": "maria"}],
        "credentials": {"login": "hush", "is_on": True, "more": ["hush"], "none": None},
        "password1": "hush",
        "password2": "hush",
        "9token": "hush",
    }
    made = without_secrets(fields, [])
    assert made["data"] == [{"password": Secret("PASSWORD", True), "pin": Secret("PIN", False), "user": "maria"}]
    assert made["password1"] == made["password2"] == Secret("PASSWORD", True)
    text = scenario("t", "a", "s", made)
    assert "hush" not in text
    assert '"pin": ${PIN}' in text
    assert variables(made) == ["PASSWORD", "PIN", "CREDENTIALS_LOGIN", "CREDENTIALS_MORE", "SECRET_9TOKEN"]


def test_what_is_too_deep_is_left_out() -> None:
    """Nothing breaks."""
    value: object = "x"
    for _ in range(200):
        value = [value]
    assert "…" in scenario("t", "a", "s", without_secrets({"data": value}, []))
