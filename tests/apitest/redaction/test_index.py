"""Which secrets may stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.redaction import index, spellings
from apitest.redaction.index import Index, parts

SECRETS = st.frozensets(st.text("abc1+ ", min_size=4, max_size=60), max_size=8)


@given(st.lists(st.tuples(st.text("abc1+ ", max_size=80), SECRETS), max_size=4))
def test_it_finds_what_looking_for_each_would(asked: list[tuple[str, frozenset[str]]]) -> None:
    """Whatever else it was asked for before."""
    one = Index()
    for text, secrets in asked:
        expected = {secret for secret in secrets if any(part in text for part in parts(secret))}
        assert one.candidates(text, secrets) == expected
        assert one.candidates(text, secrets) == expected


@pytest.mark.parametrize("count", [1, 500])
def test_in_hexadecimal(count: int) -> None:
    """With or without separators, among few secrets and among many."""
    secrets = frozenset(f"secret number {number} of some" for number in range(count))
    told = b"secret number 0 of some"
    one = Index()
    for text in (told.hex(), told.hex(":").upper(), f"x {told.hex(' ')} y"):
        assert "secret number 0 of some" in one.candidates(text, secrets)
    assert (
        one.candidates("what has no digits, and is as long as a text may well be that holds nothing", secrets) == set()
    )


def test_a_long_secret_has_pieces() -> None:
    """Any of them may be all that is left of it; a short one is looked for as a whole."""
    secret = "".join(map(str, range(30)))
    assert secret[: spellings.PIECE] in parts(secret)
    assert secret not in parts(secret)
    assert {"short one", "shortone", "short+one"} <= parts("short one")


def test_secrets_of_others_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are many more of them than of those that are asked for; few of them stay, and are not found."""
    monkeypatch.setattr(index, "_STRANGERS", 1)
    learned: list[str] = []
    digits = spellings.digits
    monkeypatch.setattr(spellings, "digits", lambda secret: learned.append(secret) or digits(secret))  # type: ignore[func-returns-value]
    one = Index()
    many, few = frozenset({"first", "second", "third", "fourth"}), frozenset({"first"})
    assert one.candidates("first", many) == {"first"}
    assert one.candidates("first and second", few) == {"first"}
    assert sorted(learned) == ["first", "first", "fourth", "second", "third"]
    assert one.candidates("second", frozenset({"second"})) == {"second"}
    assert one.candidates("first", few) == {"first"}
    assert len(learned) == 6
