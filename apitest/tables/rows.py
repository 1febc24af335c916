"""The rows that a database answers with, whichever it is."""

from apitest.errors import BadValue

Row = tuple[object, ...]


class Rows:
    """A result.

    Args:
        columns: the names of its columns; empty for a statement that returns no rows.
        rows: a value for each column in each of them.
        statement: what was run, for errors.
    """

    __slots__ = ("columns", "rows", "statement")

    def __init__(self, columns: tuple[str, ...], rows: list[Row], statement: str = "") -> None:
        self.columns, self.rows, self.statement = columns, rows, statement

    def value(self) -> object:
        """The value of a result of one row and one column.

        Raises:
            BadValue: there are more or fewer rows or columns.
        """
        if len(self.rows) == 1 and len(self.columns) == 1:
            return self.rows[0][0]
        size = f"{len(self.rows)} rows of {len(self.columns)} columns"
        raise BadValue(
            f"The result is not one value but {size}", self.statement, "Select one column of one row, or use the rows."
        )

    def value_or_rows(self) -> object:
        """The value of a result of one row and one column; of any other, the list of its rows."""
        return self.value() if len(self.rows) == 1 and len(self.columns) == 1 else list(self.rows)
