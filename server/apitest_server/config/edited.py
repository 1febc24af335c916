"""PURE  Values in the text of server.conf, changed; all else stays as somebody wrote it."""

from collections.abc import Mapping

from apitest_server.config.text import Reader


def edited(text: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """The text with other values: section -> key -> value. What is not there is added.

    Args:
        text: of a valid server.conf.
        values: of sections at the top level.
    """
    root, lines = Reader().read(text), text.splitlines()
    added: dict[int, list[str]] = {}
    for name, keys in values.items():
        section = root.sections.get(name)
        new = []
        for key, value in keys.items():
            if section is not None and key in section.entries:
                lines[section.entries[key].line - 1] = f"{key} = {_quoted(value)}"
            else:
                new.append(f"{key} = {_quoted(value)}")
        if section is None:
            lines += ["", f"[{name}]", *new]
        else:
            added[section.line] = new
    return "".join(f"{each}\n" for number, line in enumerate(lines, 1) for each in (line, *added.get(number, ())))


def _quoted(value: str) -> str:
    return f'"{value}"' if "#" in value or value != value.strip() else value
