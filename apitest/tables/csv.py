"""CSV files, read line by line: a header, perhaps a line of types, and rows whose fields fit their columns.

Quoting is that of RFC 4180, the separator a comma; empty lines do not count. A field NULL outside quotes is no
value, "NULL" in quotes is that word; an empty field is an empty text, and no value in every other kind of column.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.literals import quoted
from apitest.tables import columns
from apitest.tables.columns import Column

HEADER, TYPED_HEADER, TYPES_BELOW = "header", "types in the header", "types below the header"

# csv.reader does not tell fields in quotes from others, so "NULL" goes through it with a mark.
_NULL_IN_QUOTES = expression(r'(^|,)"NULL"(?=,|[\r\n]|$)')
_MARKED = "\ue000NULL"
_LINE_END = expression(r"\r\n|\r|\n")

Record = list[str]
Row = tuple[object, ...]
BATCH_ROWS = 1_000


class Target(NamedTuple):
    """Where the fields of a column go.

    Attributes:
        name: the column's name.
        convert: makes a value of a text; raises ValueError where the text does not fit.
        looks: how a text that fits looks, such as "digits only, such as 42".
        text: whether it holds text, so that an empty field is a value.
    """

    name: str
    convert: Callable[[str], object]
    looks: str
    text: bool = False

    def value(self, field: str) -> object:
        """The value of a field: as `convert`, with None for no value; raises ValueError where it does not fit."""
        return None if self._is_none(field) else self.convert(field)

    def values(self, fields: Sequence[str]) -> Sequence[object]:
        """The values of all fields of a column, as `value` makes them; quicker than one by one."""
        if "NULL" in fields or (not self.text and "" in fields):
            return [self.value(field) for field in fields]
        return fields if self.convert is str else list(map(self.convert, fields))

    def _is_none(self, field: str) -> bool:
        return field == "NULL" or (not field and not self.text)


def target(column: Column) -> Target:
    """A column's own kind as a target."""
    kind = column.kind
    return Target(column.name, columns.converter(kind), columns.looks(kind), kind == "text")


class CsvTable:
    """A CSV file that is being read.

    Args:
        lines: the file's lines with their line ends, such as an open text file.
        name: the file's name, for errors.

    Attributes:
        first: the fields of the first line; the header, where there is one.

    Raises:
        BadValue: the file is empty, no text in UTF-8, or its first line is not valid CSV.
    """

    def __init__(self, lines: Iterable[str], name: str) -> None:
        self._name = name
        self._marked = False
        self._reader = csv.reader(self._mark(lines), strict=True)
        self._row = self._line = 0  # where an error is; no line for the one that was read last
        self.first = self._header("It is empty")

    def declared(self, layout: str) -> list[Column]:
        """The columns that the file itself declares.

        Args:
            layout: HEADER: names in the first line, each with or without a type (``id:integer``); TYPED_HEADER:
                every name with a type; TYPES_BELOW: names in the first line, types in the second.

        Raises:
            BadValue: a name or a type is missing, unknown or there twice.
        """
        if layout == TYPES_BELOW:
            found = self._types_below()
        else:
            found = [columns.column(field, self._where()) for field in columns.whole(self.first)]
        untyped = [column.name for column in found if not column.typed]
        if layout == TYPED_HEADER and untyped:
            fix = f"Write {untyped[0]}:integer, or another type, in the header."
            raise BadValue(f"Column {untyped[0]} has no type", self._where(), fix)
        columns.check_names(found, self._where())
        return found

    def _types_below(self) -> list[Column]:
        types = columns.whole(self._header("There is no line of types below its header"))
        if len(types) != len(self.first):
            raise self._wrong_width(types, len(self.first))
        named = zip(self.first, types, strict=True)
        return [columns.typed(name.strip(), written, self._where()) for name, written in named]

    def batches(
        self, targets: Sequence[Target], *, with_first: bool = False, size: int = BATCH_ROWS
    ) -> Iterator[list[Row]]:
        """The rows that are left, many at a time, each with a value for every target, in the order of the fields.

        Args:
            targets: the columns, as many as a row has fields.
            with_first: whether the first line is a row as well.
            size: how many rows a batch has at most.

        Raises:
            BadValue: a row is longer or shorter than that, or a field does not fit; its row and column are named.
        """
        if with_first:
            self._row = 1
            yield [self._row_of(self.first, targets)]
        while True:
            line = self._reader.line_num
            batch = self._read(size)
            if not batch:
                return
            yield self._quickly(batch, targets) or self._carefully(batch, targets, line)

    def _quickly(self, batch: list[Record], targets: Sequence[Target]) -> list[Row]:
        """The rows of a batch, column by column; none where a look at each field is needed."""
        if self._marked:
            self._marked = False
            return []
        try:
            by_column = zip(*filter(None, batch), strict=True)
            values = [target.values(fields) for target, fields in zip(targets, by_column, strict=True)]
        except ValueError:
            return []
        rows = list(zip(*values, strict=True))
        self._row += len(rows)
        return rows

    def _carefully(self, batch: list[Record], targets: Sequence[Target], line: int) -> list[Row]:
        """The rows of a batch that begins after a line."""
        rows: list[Row] = []
        self._line = line
        for record in batch:
            self._line += 1 + sum(len(_LINE_END.findall(field)) for field in record)
            if record:
                self._row += 1
                rows.append(self._row_of(record, targets))
        return rows

    def _row_of(self, fields: Record, targets: Sequence[Target]) -> Row:
        if len(fields) != len(targets):
            raise self._wrong_width(fields, len(targets))
        return tuple([self._value(field, each) for field, each in zip(fields, targets, strict=True)])

    def _value(self, field: str, target: Target) -> object:
        try:
            value = target.value(field)
        except ValueError:
            text = quoted("NULL" if field == _MARKED else field)
            where = f"{self._where()}, column {target.name}"
            raise BadValue(f"{text} does not fit column {target.name}", where, f"Write {target.looks}.") from None
        return "NULL" if value == _MARKED else value

    def _wrong_width(self, fields: Record, width: int) -> BadValue:
        few = len(fields) < width
        return BadValue(
            f"A row has {len(fields)} fields, too {'few' if few else 'many'} for {width} columns",
            self._where(),
            "Put a comma between the fields; leave a field empty for no value."
            if few
            else "Put fields that hold a comma in quotation marks.",
            ",".join(fields),
        )

    def _where(self) -> str:
        place = f"{self._name}:{self._line or self._reader.line_num}"
        return f"{place}, row {self._row}" if self._row else place

    def _mark(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            if '"NULL"' not in line:
                yield line
                continue
            self._marked = True
            yield _NULL_IN_QUOTES.sub(rf'\1"{_MARKED}"', line)

    def _read(self, size: int) -> list[Record]:
        """As many records as are left, up to a size; what the reader finds wrong becomes an error of ours."""
        try:
            return list(islice(self._reader, size))
        except csv.Error as error:
            self._line = 0
            fix = "A field with quotation marks in it stands in quotation marks, with each inner one doubled."
            raise BadValue(f"{self._name} is not valid CSV: {error}", self._where(), fix) from None
        except UnicodeDecodeError:
            raise BadValue(f"{self._name} is not text in UTF-8", self._name, "Save it as UTF-8.") from None

    def _header(self, missing: str) -> Record:
        """The next record with something in it."""
        while records := self._read(1):
            if records[0]:
                return records[0]
        fix = "The first line holds the names of the columns, with commas between them."
        raise BadValue(f"{self._name} cannot be read as a table. {missing}", self._name, fix)
