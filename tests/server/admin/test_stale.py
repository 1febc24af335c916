"""Tests of apitest_server.admin.stale."""

from typing import Any

from apitest_server.admin.kinds import Field, text_field
from apitest_server.admin.stale import merged, seen_of, seen_text

ROW: dict[str, Any] = {"id": 5, "name": "a", "port": 1, "tags": ["x", "y"], "is_on": True, "other_id": 7, "more": None}
CHOICES = {"other_id": (("0", "none"), ("7", "seven"), ("8", "eight"))}


def fields() -> list[Field]:
    return [
        *map(text_field, ("name", "port", "tags", "is_on", "other_id", "more")),
        {**text_field("key"), "secret": True},
    ]


def both(now: dict[str, Any], **typed: str) -> Any:
    shown = {"name": "a", "port": "1", "tags": "x\r\ny", "is_on": "true", "other_id": "7", "more": "", "key": "hush"}
    return merged(fields(), seen_of(seen_text(fields(), ROW)), {**ROW, **now}, {**shown, **typed}, CHOICES)


def test_a_form_remembers_what_it_shows() -> None:
    """Without its secrets; what cannot be read is nothing."""
    assert seen_of(seen_text(fields(), ROW)) == {name: ROW[name] for name in ROW if name != "id"}
    for text in ("", "{", "[1]", "[" * 100_000):
        assert seen_of(text) == {}


def test_what_only_one_has_changed_is_taken() -> None:
    """What nobody has changed, and what both have changed alike, needs no word."""
    found = both({"port": 2, "tags": ["x"], "other_id": 8}, name="mine", is_on="false")
    assert (found.values["name"], found.values["is_on"], found.values["port"]) == ("mine", "false", 2)
    assert found.values["tags"] == ["x"]
    assert found.news == {
        "port": "Somebody else has changed it. It was: 1",
        "tags": "Somebody else has changed it. It was: x, y",
        "other_id": "Somebody else has changed it. It was: seven",
    }
    assert both({"port": 2}, port="2").news == {}
    assert both({}, port="3").news == {}


def test_where_both_have_changed_it_both_are_told() -> None:
    """What was typed stays."""
    found = both({"port": 2, "other_id": 8, "is_on": False}, port="3", other_id="0", more="{}", is_on="false")
    assert (found.values["port"], found.values["other_id"]) == ("3", "0")
    assert found.news == {
        "port": "Somebody else has made it: 2. Yours is kept if you save.",
        "other_id": "Somebody else has made it: eight. Yours is kept if you save.",
    }
