import pytest

from apitest.compat import randoms


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


def test_a_random_date() -> None:
    """Between two others, whichever comes first, or anywhere."""
    for start, stop in (("2030-01-01", "2030-02-01"), ("2030-02-01", "2030-01-01")):
        assert "2030-01-01" <= randoms.rand_date("YYYY-MM-DD", start, stop) <= "2030-02-01"
    assert len(randoms.rand_date("YYYY-MM-DD")) == 10
