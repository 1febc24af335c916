"""PURE  The text of server.conf -> sections that know their lines.

The language is that of ConfigObj: ``[section]``, ``[[section inside it]]``, ``key = value``, ``#`` comments,
values bare or in quotes. It is read here rather than by ConfigObj because that one forgets the line of each
key, and an error without its line is of little help.
"""

import re
from dataclasses import dataclass, field

_SECTION = re.compile(r"^(\[+)\s*([^\[\]]+?)\s*(\]+)$")


@dataclass
class Entry:
    """One ``key = value`` line."""

    value: str
    line: int


@dataclass
class Section:
    """A section: its keys and the sections inside it, in the order of the file."""

    name: str = ""
    line: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    sections: dict[str, "Section"] = field(default_factory=dict)


class Reader:
    """Collects the sections of a text, and every problem met: pairs of a line number and a sentence."""

    def __init__(self) -> None:
        self.root = Section()
        self.path = [self.root]
        self.problems: list[tuple[int, str]] = []

    def read(self, text: str) -> Section:
        """The root section; ``problems`` holds what could not be read."""
        # Windows' editors may put a byte order mark in front of UTF-8
        for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
            line = _without_comment(raw).strip()
            if line.startswith("["):
                self._section(line, number)
            elif line:
                self._entry(line, number)
        return self.root

    def _section(self, line: str, number: int) -> None:
        match = _SECTION.match(line)
        if match is None or len(match[1]) != len(match[3]):
            self.problems.append((number, f"`{line}` is not a section: the brackets do not match"))
            return
        depth = len(match[1])
        if depth > len(self.path):
            self.problems.append((number, f"`{line}` is nested too deep: no section of the level above it"))
            return
        del self.path[depth:]
        name = _unquoted(match[2])
        if name in self.path[-1].sections:
            first = self.path[-1].sections[name].line
            self.problems.append((number, f"section `{name}` is given twice, first in line {first}"))
        section = self.path[-1].sections.setdefault(name, Section(name, number))
        self.path.append(section)

    def _entry(self, line: str, number: int) -> None:
        key, equals, value = line.partition("=")
        key = _unquoted(key.strip())
        if not equals or not key:
            self.problems.append((number, "this line is neither `key = value` nor a section"))
            return
        entries = self.path[-1].entries
        if key in entries:
            self.problems.append((number, f"`{key}` is given twice, first in line {entries[key].line}"))
            return
        entries[key] = Entry(_unquoted(value.strip()), number)


def _without_comment(line: str) -> str:
    quote = ""
    for index, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and line[:index].rstrip()[-1:] in {"=", "[", ""}:
            quote = char
        elif char == "#" and (index == 0 or line[index - 1].isspace()):
            return line[:index]
    return line


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
