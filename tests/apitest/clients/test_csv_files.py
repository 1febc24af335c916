from pathlib import Path

import pytest

from apitest.clients import csv_files
from apitest.errors import BadValue


def test_a_file_is_read_whatever_mark_it_begins_with(tmp_path: Path) -> None:
    """The byte order mark that some programs write is not part of the first name."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfid,name\n")
    with csv_files.opened(path) as csv:
        assert csv.first == ["id", "name"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error for a file that cannot be read says where it was looked for."""
    path = tmp_path / "a.csv"
    with pytest.raises(BadValue, match="cannot be read") as caught, csv_files.opened(path):
        pass
    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    ("first", "header", "expected"),
    [
        ("ID:integer,other", None, (["ID", "other"], False)),
        ("1,x", None, (["id", "name"], True)),
        ("1,x", True, (["1", "x"], False)),
        ("id,name", False, (["id", "name"], True)),
    ],
)
def test_a_header_is_known_by_a_name_in_it(
    tmp_path: Path, first: str, header: bool | None, expected: tuple[list[str], bool]
) -> None:
    """The first line is a header if it holds a column's name in any case, unless the caller knows better."""
    path = tmp_path / "a.csv"
    path.write_text(first)
    with csv_files.opened(path) as csv:
        assert csv_files.names_in(csv, ["id", "name"], header) == expected
