"""Bunches, random values, dates, filters and files: the functions that Python steps call."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.compat import bunches, dates, filters, project_files, randoms, running
from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


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


@pytest.mark.usefixtures("old")
def test_random_values_keep_their_bounds() -> None:
    """Strings start with a letter, integers exclude the upper bound, one is alone and more are a list."""
    text = randoms.rand_string()
    assert isinstance(text, str) and text[0].isalpha()
    assert len(set(randoms.rand_string(3))) == 3
    assert set(randoms.rand_int(1, 3, 50)) == {1, 2}  # type: ignore[arg-type]
    assert 5 <= randoms.rand_float(5, 6) <= 6
    assert randoms.any_from_list("a,,b") in ("a", "b")
    assert randoms.parse_list('a, b,"c,d"') == ["a", "b", "c,d"]


def test_random_values_are_those_of_the_run(play: Play) -> None:
    """A run with a seed has the same ones again; outside of a run there are some, too."""
    running.states.append(play.run)
    expected = Play(Path()).run.random.randrange(0, 100)
    try:
        assert randoms.rand_int() == expected
    finally:
        running.states.pop()
    assert randoms.rand_string()


@pytest.mark.parametrize("base", ["2030-05-01", "1 May 2030", "2030-05-01T00:00:00"])
def test_random_dates_are_on_their_side(base: str) -> None:
    """Whatever way a date is written in, later ones are later and earlier ones are earlier."""
    assert dates.date_after(base, "YYYY-MM-DD") > "2030-05-01"
    assert "2030-05-01" < dates.date_after(base, "YYYY-MM-DD", limit=3) <= "2030-05-04"
    assert "2030-04-28" <= dates.date_before(base, "YYYY-MM-DD", 3) < "2030-05-01"
    assert dates.date_before(datetime(2030, 5, 1), "YYYY-MM-DD", needs_parse=False) < "2030-05-01"


def test_dates_between_others() -> None:
    """Whichever of the two comes first."""
    for start, end in (("2030-01-01", "2030-02-01"), ("2030-02-01", "2030-01-01")):
        assert "2030-01-01" <= dates.date_between(start, end, "YYYY-MM-DD") <= "2030-02-01"
        assert "2030-01-01" <= randoms.rand_date("YYYY-MM-DD", start, end) <= "2030-02-01"
    assert len(randoms.rand_date("YYYY-MM-DD")) == 10


def test_a_date_beyond_the_calendar_is_the_date_itself() -> None:
    """There is no year 10000."""
    assert dates.date_after("9999-12-31", "YYYY-MM-DD") == "9999-12-31"


def test_now_in_three_ways() -> None:
    """Local time, UTC, and UTC an hour ago."""
    read = datetime.fromisoformat
    before, after = dates.utcnow_minus_hour("YYYY-MM-DDTHH:mm:ssZZ"), dates.utcnow("YYYY-MM-DDTHH:mm:ssZZ")
    assert 3600 <= (read(after) - read(before)).total_seconds() < 3630
    assert abs((read(dates.now("YYYY-MM-DDTHH:mm:ssZZ")) - read(after)).total_seconds()) < 30


def test_lists_and_filters_for_sql() -> None:
    """Values are quoted, and a quote in a value ends nothing."""
    assert filters.wrap_into_quotes("a, b'c") == "'a', 'b''c'"
    assert filters.make_dict("a,b", "1") == {"a": ("1",), "b": (None,)}
    built = filters.build_filter("a,b,c", "equal to,less than,greater than", "1,x'y,3", "or")
    assert built == "WHERE a='1' or b<'x''y' or c>'3' "
    assert filters.build_filter("a", "not equal to", "1") == "WHERE a!='1' "


def test_files_of_a_project(ctx: Any) -> None:
    """By the format of the response, in the directory of requests or responses."""
    directory = Path(ctx.zato.environment_dir, "json", "response")
    directory.mkdir(parents=True)
    (directory / "one.json").write_text('{"a": "ż"}', encoding="utf-8")
    assert project_files.get_data(ctx, "response", "one.json") == '{"a": "ż"}'
    assert project_files.get_data(ctx, "response", "") == ""
    assert project_files.get_file(str(directory / "one.json")) == '{"a": "ż"}'
    with pytest.raises(BadValue, match=r"two\.json"):
        project_files.get_data(ctx, "response", "two.json")
    assert project_files.get_full_path("/a", "b", "../c") == "/a/c"
