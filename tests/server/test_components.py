"""Tests of apitest_server.components."""

import pytest

from apitest_server.components import Components, Key
from apitest_server.errors import ComponentMissing

CUP: Key[str] = Key("cup")
TEA: Key[str] = Key("tea")


def test_a_component_is_found_under_its_key() -> None:
    """Another key of the same name is another place."""
    components = Components()
    components[TEA] = "green"
    assert components[TEA] == "green"
    with pytest.raises(ComponentMissing):
        _ = components[Key[str]("tea")]


def test_a_component_that_no_room_has_made_is_named() -> None:
    """The error says what there is instead."""
    components = Components()
    with pytest.raises(ComponentMissing, match=r"no component `cup`(?s:.*)Available: none"):
        _ = components[CUP]
    components[TEA] = "green"
    with pytest.raises(ComponentMissing, match="Available: tea"):
        _ = components[CUP]
