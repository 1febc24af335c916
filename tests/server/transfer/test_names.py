import pytest

from apitest_server.transfer.names import Owner, is_wanted, listed, owner_of, renamed, taken

OWNER = Owner("0123abcd", "ab12", 7)


def test_who_has_taken_a_file_is_in_its_name() -> None:
    """The name before, with whatever it has in it, and the owner come out of it again."""
    assert taken("orders.csv", OWNER) == "orders.csv.0123abcd-ab12-7.taken"
    for name in ("orders.csv", "a.0123abcd-ab12-7.taken", "with\nbreak", " "):
        assert owner_of(taken(name, OWNER)) == (name, OWNER)
    assert owner_of("orders.csv.taken") is None


@pytest.mark.parametrize(
    ("name", "patterns", "is_case_sensitive", "expected"),
    [
        ("a.csv", ["*.csv"], True, True),
        ("a.CSV", ["*.csv"], True, False),
        ("a.CSV", ["*.Csv"], False, True),
        ("a.txt", ["*.csv", "a.*"], True, True),
        ("a.txt", ["*.csv"], True, False),
        (".a.csv", ["*"], True, False),
        ("a.csv.0123abcd-ab12-7.taken", ["*"], True, False),
    ],
)
def test_which_files_are_wanted(name: str, patterns: list[str], is_case_sensitive: bool, expected: bool) -> None:
    """Those that match one of the patterns, hidden and taken ones never."""
    assert is_wanted(name, patterns, is_case_sensitive) is expected


def test_a_name_that_is_in_use_gets_a_time() -> None:
    """Ahead of its ending."""
    assert [renamed(name, "T") for name in ("a.b.csv", "a", ".a")] == ["a.b-T.csv", "a-T", ".a-T"]


def test_what_stands_one_a_line() -> None:
    """Without space around it, and without empty lines."""
    assert listed(" a \n\n b/c\r\n") == ("a", "b/c")
