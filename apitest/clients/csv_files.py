"""CSV files on disk, and how their fields go with the columns of a table."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from apitest.errors import BadValue
from apitest.language.names import alike
from apitest.tables.columns import whole
from apitest.tables.csv import CsvTable


@contextmanager
def opened(path: Path) -> Iterator[CsvTable]:
    """A CSV file, open for reading.

    Raises:
        BadValue: there is no such file, or nothing in it.
    """
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadValue(f"The CSV file cannot be read: {error.strerror}", str(path)) from None
    with file:
        yield CsvTable(file, path.name)


def names_in(csv: CsvTable, columns: Iterable[str], header: bool | None) -> tuple[list[str], bool]:
    """The column of each field, and whether the file's first line is a row.

    Without a header, the fields stand in the order of the table's columns.

    Args:
        csv: the file.
        columns: the names of the table's columns.
        header: whether the file has a header; None to find out: it has one if a field of it is a column's name.
    """
    known = list(columns)
    fields = [field.partition(":")[0].strip() for field in whole(csv.first)]
    if header or (header is None and any(alike(field, known) for field in fields)):
        return fields, False
    return known, True
