from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.compat import bunches


def test_a_bunch_is_a_dictionary_with_attributes() -> None:
    """Items are read, set and deleted either way; an absent one is absent either way."""
    bunch = bunches.Bunch(a=1)
    bunch.b = 2
    assert bunch == {"a": 1, "b": 2} and bunch["b"] == bunch.b
    del bunch.a
    assert "a" not in bunch and not hasattr(bunch, "a")
    with pytest.raises(AttributeError):
        del bunch.a
    assert repr(bunch) == "Bunch(b=2)"
    assert isinstance(bunch.copy(), bunches.Bunch)


@given(st.recursive(st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_bunches_of_a_document_and_back(document: Any) -> None:
    """Making bunches of a document and dictionaries of those gives the document."""
    made = bunches.bunchify(document)
    assert made == document
    assert bunches.unbunchify(made) == document


def test_bunches_at_every_depth() -> None:
    """Dictionaries in lists become bunches, too."""
    made = bunches.Bunch.fromDict({"a": [{"b": ({"c": 1},)}]})
    assert made.a[0].b[0].c == 1
    assert type(made.toDict()["a"][0]["b"][0]) is dict
