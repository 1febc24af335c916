"""Tests of apitest_server.service.simpleio."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest_server.errors import InputError, ServerError
from apitest_server.service.attrs import Payload
from apitest_server.service.elements import Bool, DateTime, Dict, Float, Int, List, Opaque
from apitest_server.service.old_elements import UTC, FixedWidth
from apitest_server.service.simpleio import SimpleIO


class Declared:
    input_required = ("a", Int("b"))
    input_optional = (Bool("c"), List("d"), Dict("e"), Opaque("ctx"), DateTime("g"), Float("h"), "i")
    output_required = ("x",)
    output_optional = "y"


class Repeated(Declared):
    input_repeated = True


IO = SimpleIO(Declared)
ROWS = SimpleIO(Repeated)


def test_a_message_becomes_an_object_with_attributes() -> None:
    """Fields are read by their types; optional ones that did not come have their defaults."""
    found = IO.parse({"a": "1", "b": "2", "c": "true", "ctx": {"type": "x"}, "other": 1})
    assert (found.a, found.b, found.c, found.ctx.type) == ("1", 2, True, "x")
    assert (found.d, found.i) == (None, "")
    assert "other" not in found


def test_a_field_may_have_another_name() -> None:
    """Which is read where the field is not given by its own name."""
    element = Int("a")
    element.also = "b"
    io = SimpleIO(SimpleNamespace(input_required=(element,)))
    assert io.parse({"b": "2"}).a == 2
    assert io.parse({"a": "1", "b": "2"}).a == 1


def test_the_path_wins_over_the_message_and_that_over_the_query() -> None:
    """A field may come from three places."""
    found = IO.parse({"a": "message", "i": "message"}, {"a": "query", "i": "query", "b": "1"}, {"a": "path"})
    assert (found.a, found.b, found.i) == ("path", 1, "message")


def test_a_list_is_read_row_by_row() -> None:
    """A message that is a list gives a list of inputs, to a service that expects one."""
    assert [row.b for row in ROWS.parse([{"a": "x", "b": 1}, {"a": "y", "b": 2}])] == [1, 2]


@pytest.mark.parametrize("text", ['{"a": "x", "b": 1}', b' {"a": "x", "b": "1"}'])
def test_a_text_may_hold_the_message(text: Any) -> None:
    """Of jobs and of brokers, which nobody has decoded."""
    assert (IO.parse(text).a, IO.parse(text).b) == ("x", 1)


@pytest.mark.parametrize("nothing", [None, "", b""])
def test_no_message_is_an_empty_one(nothing: Any) -> None:
    """A request without a body still has its query string."""
    assert IO.parse(nothing, {"a": "x", "b": "1"}).b == 1


@pytest.mark.parametrize(
    ("message", "field", "problem"),
    [
        ({"b": 1}, "a", "Input field `a` is required"),
        ({"a": None, "b": 1}, "a", "Input field `a` is required"),
        ({"a": "x", "b": "y"}, "b", "Input field `b` must be an integer"),
        ({"a": "x", "b": 1, "h": "y"}, "h", "Input field `h` must be a number"),
        ([{"a": "x", "b": 1}], "body", "Input field `body` must be an object"),
        ([], "body", "Input field `body` must be an object"),
        ("text", "body", "Input field `body` must be an object"),
        ("{text", "body", "Input field `body` must be an object"),
        ("[{}]", "body", "Input field `body` must be an object"),
        ('{"a": ' * 100_000, "body", "Input field `body` must be an object"),
    ],
)
def test_an_input_error_names_the_field(message: Any, field: str, problem: str) -> None:
    """The message for the caller says which field and what is wrong with it."""
    with pytest.raises(InputError, match=problem) as caught:
        IO.parse(message)
    assert (caught.value.field, caught.value.status) == (field, 400)


@pytest.mark.parametrize(("message", "field"), [([{"a": "x", "b": 1}, {"a": "x"}], "[1].b"), ([5], "[0]")])
def test_an_input_error_names_the_row(message: Any, field: str) -> None:
    """By its number."""
    with pytest.raises(InputError) as caught:
        ROWS.parse(message)
    assert caught.value.field == field


def test_a_default_value_of_the_class_is_for_fields_without_their_own() -> None:
    """default_value replaces the types' defaults, not those that an element gives itself."""
    io = SimpleIO(SimpleNamespace(input_optional=("a", Int("b", default=7)), default_value="none"))
    assert io.parse({}) == {"a": "none", "b": 7}


def test_the_short_form_marks_optional_fields_with_a_dash() -> None:
    """`input = 'a', '-b'` is the same as the long form, each time it is read."""
    declared = SimpleNamespace(input=("a", Int("-b")), output="x")
    for _ in range(2):
        io = SimpleIO(declared)
        assert [item.name for item in io.input.required] == ["a"]
        assert [item.name for item in io.input.optional] == ["b"]
        assert [item.name for item in io.output.required] == ["x"]
    assert not SimpleIO(object()).input


def test_a_declaration_that_is_not_a_list_is_an_error() -> None:
    """A single name or element stands for a list of one; anything else that is not a list is refused."""
    with pytest.raises(ServerError, match="SimpleIO declares 5, which is neither a name, an element nor a list of"):
        SimpleIO(SimpleNamespace(input_required=5))


def test_a_declaration_of_something_else_is_an_error() -> None:
    """A SimpleIO lists names and elements only."""
    with pytest.raises(ServerError, match="neither a name nor an element"):
        SimpleIO(SimpleNamespace(input_required=(5,)))


def test_only_declared_fields_go_out() -> None:
    """The output is a dictionary, in the order of the declaration, from dictionaries and from objects."""
    assert IO.serialize({"z": 1, "y": 2, "x": 3}) == {"x": 3, "y": 2}
    assert IO.serialize(SimpleNamespace(x=1)) == {"x": 1}
    assert IO.serialize([{"x": 1}, {"x": 2}]) == [{"x": 1}, {"x": 2}]
    payload = Payload()
    payload[:] = [{"x": 5}]
    assert IO.serialize(payload) == [{"x": 5}]
    assert IO.serialize(None) is None
    assert IO.serialize("text") == "text"


def test_texts_go_out_as_what_is_declared() -> None:
    """As they would come in; what cannot be converted is no reason to fail."""
    io = SimpleIO(SimpleNamespace(output_required=(Int("i"), UTC("u"), "is_x", "y_id")))
    texts = {"i": "5", "u": "2026-01-31T12:30:00Z", "is_x": "true", "y_id": "6"}
    assert io.serialize(texts) == {"i": 5, "u": "2026-01-31T12:30:00", "is_x": True, "y_id": 6}
    others = {"i": "five", "u": None, "is_x": "maybe", "y_id": "zpsm6"}
    assert io.serialize(others) == others


def test_a_missing_required_output_is_the_services_fault() -> None:
    """The caller learns nothing of it; the log does."""
    with pytest.raises(ServerError, match="`x` was not given"):
        IO.serialize({"y": 1})


class Fixed:
    input_required = (FixedWidth("a", 2), FixedWidth("b", 3))
    output_required = (FixedWidth("a", 2), FixedWidth("b", 3))


class FixedRows(Fixed):
    input_repeated = True


def test_lines_of_a_fixed_width() -> None:
    """Are read into fields, one line or each of several, and written out of them."""
    one = SimpleIO(Fixed).parse("12abc")
    assert (one.a, one.b) == ("12", "abc")
    rows = SimpleIO(FixedRows).parse("12abc\n34def")
    assert [(row.a, row.b) for row in rows] == [("12", "abc"), ("34", "def")]
    assert SimpleIO(Fixed).serialize({"a": "1", "b": "x"}) == "1 x  "
