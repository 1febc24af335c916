"""Tests of apitest_server.admin.forms."""

import pytest

from apitest_server.admin.forms import BadField, Control, controls, payload
from apitest_server.admin.kinds import Field, text_field


def field(name: str, schema: dict[str, object], default: object = None, **more: object) -> Field:
    """A field that does not have to be given."""
    made: Field = {**text_field(name), "schema": schema, "default": default, "required": False}
    made.update(more)  # type: ignore[typeddict-item]  # the tests know the keys
    return made


def control(one: Field, value: object = None, is_new: bool = True) -> Control:
    values = {} if value is None else {one["name"]: value}
    [made] = controls([one], values, {}, is_new, {})
    return made


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "boolean"}, "checkbox"),
        ({"type": "integer"}, "number"),
        ({"type": "number"}, "number"),
        ({"type": "array"}, "lines"),
        ({"type": "string", "format": "lines"}, "lines"),
        ({"type": "string", "enum": ["a"]}, "select"),
        ({"type": "string"}, "text"),
        ({"type": "object"}, "json"),
        ({}, "json"),
    ],
)
def test_a_control_fits_its_schema(schema: dict[str, object], kind: str) -> None:
    """Each type of JSON Schema has one."""
    assert control(field("a", schema)).kind == kind


def test_what_is_in_it_is_the_value_or_the_default() -> None:
    """A secret is never in it."""
    number = field("n", {"type": "integer", "minimum": 0, "maximum": 9}, 5)
    made = control(number)
    assert (made.value, made.low, made.high, made.step) == ("5", 0, 9, "1")
    assert control(number, 7).value == "7"
    assert control(field("p", {"type": "string"}, "x", secret=True), "hush").value == ""


def test_hints() -> None:
    """They are what the field's description says, or an example of a time; a list says how it is written."""
    assert control(field("t", {"type": "number", "description": "In seconds"})).hint == "In seconds"
    assert control(field("t", {"type": "boolean", "description": "Off for others"})).hint == "Off for others"
    assert control(field("t", {"type": "string", "format": "date"})).hint == "Such as 2026-01-31"
    assert control(field("t", {"type": "string"})).hint == ""
    assert control(field("t", {"type": "array"})).hint == "One a line"


@pytest.mark.parametrize(
    ("name", "is_service"),
    [
        ("service", True),
        ("service_name", True),
        ("on_message_service_name", True),
        ("services", False),
        ("name", False),
    ],
)
def test_names_of_services_are_chosen_from_a_list(name: str, is_service: bool) -> None:
    """What is called a service is the name of one."""
    assert control(field(name, {"type": "string"})).is_service is is_service


def test_a_number_may_have_a_fraction() -> None:
    """Where its schema says so."""
    assert control(field("n", {"type": "number"})).step == "any"


def test_choices() -> None:
    """Of an enumeration with its words apart; of a reference those that are there."""
    assert control(field("a", {"enum": ["one_time", "b"]})).choices == (("one_time", "one time"), ("b", "b"))
    refers = field("security_id", {"type": "integer"}, 0, refers_to=["security.jwt"])
    [made] = controls([refers], {}, {"security_id": (("0", "none"), ("1", "x"))}, True, {})
    assert (made.label, made.kind, made.choices) == ("Security", "select", (("0", "none"), ("1", "x")))


def test_some_texts_have_many_lines() -> None:
    """Patterns and lists do."""
    assert control(field("topic_patterns", {"type": "string"})).kind == "lines"


@pytest.mark.parametrize(
    ("is_new", "is_random", "hint", "is_required"),
    [
        (True, False, "", True),
        (True, True, "Leave it empty for a random one", True),
        (False, True, "Leave it empty to keep the present one", False),
    ],
)
def test_secrets_are_typed_unseen(is_new: bool, is_random: bool, hint: str, is_required: bool) -> None:
    """An object that is there keeps its own where nothing is typed."""
    made = control(field("p", {"type": "string"}, secret=True, random=is_random, required=True), None, is_new)
    assert (made.kind, made.hint, made.is_required) == ("password", hint, is_required)


def test_problems_are_beside_their_field() -> None:
    """And nowhere else."""
    made = controls([text_field("a"), text_field("b")], {}, {}, True, {"b": "is wrong"})
    assert [one.problem for one in made] == ["", "is wrong"]


@pytest.mark.parametrize(
    ("schema", "sent", "value"),
    [
        ({"type": "string"}, "a\r\nb", "a\nb"),
        ({"type": "string"}, "", ""),
        ({"type": "integer"}, "17", 17),
        ({"type": "integer"}, "-1", -1),
        ({"type": "integer"}, "", None),
        ({"type": "integer"}, "many", "many"),
        ({"type": "number"}, "1.5", "1.5"),
        ({"type": "boolean"}, "true", True),
        ({"type": "array"}, " a \r\n\r\nb", ["a", "b"]),
        ({}, '{"a": 1}', {"a": 1}),
        ({}, "  ", None),
    ],
)
def test_what_was_sent_becomes_input(schema: dict[str, object], sent: str, value: object) -> None:
    """What a service would refuse is left to it."""
    assert payload([field("a", schema)], {"a": [sent]}) == {"a": value}


def test_what_was_not_sent() -> None:
    """A box that is not ticked is not sent, and false; an empty secret is not given; all else is left out."""
    fields = [field("tick", {"type": "boolean"}), field("p", {"type": "string"}, secret=True), field("x", {})]
    assert payload(fields, {"p": [""], "other": ["1"]}) == {"tick": False}
    assert payload(fields, {"p": ["s"]}) == {"tick": False, "p": "s"}


def test_json_that_is_none_is_told() -> None:
    """With the field that it is in."""
    with pytest.raises(BadField, match="is not valid JSON") as caught:
        payload([field("extra_data", {})], {"extra_data": ["{"]})
    assert caught.value.field == "extra_data"
