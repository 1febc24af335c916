"""Data in a page, in compressed blocks."""

from hypothesis import given
from hypothesis import strategies as st

from apitest.report.html.chunks import Chunks, block, encoded
from tests.apitest.report.html import reading


@given(st.lists(st.text() | st.dictionaries(st.text(), st.integers())))
def test_whatever_is_in_a_block_comes_back(values: list[object]) -> None:
    """Nothing in it ends its element, and lone surrogates survive."""
    page = block("index", encoded(values))
    assert reading.blocks(page, "index") == [values]


def test_values_are_found_by_their_places() -> None:
    """A block is written when it is full, and the rest at the end; each value has the number of its block."""
    written: list[str] = []
    chunks = Chunks(written.append, "details", most=20)
    places = [chunks.add(f"value {number}") for number in range(5)]
    assert len(written) == 1
    chunks.finish()
    chunks.finish()
    found = reading.blocks("".join(written), "details")
    assert [found[number][place] for number, place in places] == [f"value {number}" for number in range(5)]
