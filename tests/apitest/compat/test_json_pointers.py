from types import SimpleNamespace
from typing import Any

import pytest

from apitest.compat import json_pointers
from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json


def test_a_value_of_the_response_is_asserted(ctx: Any) -> None:
    """With what makes the expected value of a text, if there is something."""
    play: Any = SimpleNamespace(zato=ctx.zato)
    answers_json(play, {"a": {"b": 3}})
    assert json_pointers.assert_value(ctx, "/a/b", "3", int) is True
    with pytest.raises(CheckFailed):
        json_pointers.assert_value(ctx, "/a/b", "3")


def test_a_value_of_any_document() -> None:
    """Or its default."""
    assert json_pointers.get_pointer({"a": [1]}, "/a/0") == 1
    assert json_pointers.get_pointer({}, "/a", None) is None
    with pytest.raises(CheckFailed):
        json_pointers.get_pointer({}, "/a")
