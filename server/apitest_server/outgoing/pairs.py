"""PURE  Names and values, a pair a line, as definitions of connections have them: ``department=shop``."""


def pairs(text: str, example: str) -> dict[str, str]:
    """Those of a text; empty lines count nothing.

    Raises:
        ValueError: a line is not such a pair, with the example.
    """
    found = {}
    for line in filter(str.strip, text.splitlines()):
        name, sign, value = (part.strip() for part in line.partition("="))
        if not sign or not name:
            raise ValueError(f"must have lines such as `{example}`, and not `{line[:60]}`")
        found[name] = value
    return found
