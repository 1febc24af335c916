"""PURE  Lines of fields that have a width each, to messages and back."""

from collections.abc import Mapping, Sequence

from apitest_server.errors import InputError
from apitest_server.service.elements import Element
from apitest_server.service.old_elements import FixedWidth


def rows_of(text: str | bytes, elements: Sequence[Element]) -> list[dict[str, object]]:
    """The fields of each line, without the blanks around them; what is empty was not given.

    Raises:
        InputError: the text is not UTF-8, or a line is longer than its fields.
    """
    try:
        lines = (text.decode("utf-8") if isinstance(text, bytes) else text).splitlines()
    except UnicodeDecodeError:
        raise InputError("body", "is not UTF-8") from None
    return [_row(line, number, elements) for number, line in enumerate(lines or [""], 1)]


def _row(line: str, number: int, elements: Sequence[Element]) -> dict[str, object]:
    found: dict[str, object] = {}
    start = 0
    for element in elements:
        assert isinstance(element, FixedWidth)
        found[element.name] = line[start : start + element.width].strip() or None
        start += element.width
    if line[start:].strip():
        raise InputError("body", f"has more than {start} characters in line {number}")
    return found


def lines_of(rows: Sequence[Mapping[str, object]], elements: Sequence[Element]) -> str:
    """A line for each row, each field filled up to its width or cut to it."""
    fixed = [element for element in elements if isinstance(element, FixedWidth)]
    return "\n".join("".join(one.padded(_flat(row.get(one.name))) for one in fixed) for row in rows)


def _flat(value: object) -> object:
    return " ".join(value.splitlines()) if isinstance(value, str) else value
