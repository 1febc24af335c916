"""Tests of apitest_server.service.values."""

import json
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.service.values import in_json, in_xml

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def count(value: object) -> int:
    """The values in a list or an object, and in those within it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(1 + count(one) for one in inner)


@given(JSON)
def test_no_value_of_json_is_missed(value: object) -> None:
    """There may be fewer than it says, never more."""
    text = json.dumps(value)
    assert in_json(text.encode()) == in_json(text) >= count(value)


def test_values_of_json_are_those_within_others() -> None:
    """A text that holds punctuation counts for more than it is."""
    assert in_json(b'[1, 2, {"a": [], "b": null}]') == 6
    assert in_json(b'"a, b"') == 1
    assert in_json(b"") == 0


def test_no_tag_or_attribute_is_missed() -> None:
    """Of XML."""
    text = "<a b='c' d='e'><f/><g>h</g></a>"
    assert in_xml(text.encode()) >= sum(1 + len(one.attrib) for one in ElementTree.fromstring(text).iter())
    assert in_xml(b"") == 0
