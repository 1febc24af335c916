"""Tests of apitest_server.components."""

import pytest

from apitest_server.components import Components
from apitest_server.errors import ComponentMissing


def test_a_component_that_no_room_has_made_is_named() -> None:
    """With what there is, or what is meant."""
    components = Components()
    with pytest.raises(ComponentMissing, match=r"no component `cache`(?s:.*)Available: none"):
        _ = components.cache
    vars(components)["cache"] = caches = object()
    assert components.cache is caches
    for name, fix in (("cahce", "Did you mean `cache`"), ("pubsub", "Available: cache")):
        with pytest.raises(ComponentMissing, match=fix):
            getattr(components, name)
    assert "cache" not in components.missing
    assert "odb" in components.missing
