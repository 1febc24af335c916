"""A text of several CQL statements, cut into its statements: semicolons end them, but for those in texts and comments.

A batch, from BEGIN to APPLY BATCH, is one statement.
"""

import re
from collections.abc import Iterator

from apitest.expressions import expression
from apitest.tables.bound import Token

# What holds semicolons that end nothing, and what ends a statement; a text in dollars takes quotes as they are.
_TOKEN = expression(
    r"""(?P<comment>(?:--|//)[^\n]*|/\*.*?(?:\*/|\Z))
    |\$\$.*?(?:\$\$|\Z)|'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)
    |(?P<end>;)|.""",
    re.VERBOSE | re.DOTALL,
)
_BATCH = expression(r"begin\s+(?:(?:unlogged|counter)\s+)?batch\b", re.IGNORECASE)
_APPLY = expression(r"\bapply\s+batch\s*\Z", re.IGNORECASE)


def statements(text: str) -> list[str]:
    """The statements of a text, in their order, without comments, their semicolons and empty ones."""
    found: list[str] = []
    for part in _parts(text):
        open_batch = found and _BATCH.match(found[-1]) and not _APPLY.search(found[-1])
        if open_batch and part:
            found[-1] += f";\n{part}"
        elif part:
            found.append(part)
    return found


def tokens(text: str) -> Iterator[Token]:
    """The strings, quoted names and comments of a statement, and the code between them."""
    done = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if len(piece) == 1:
            continue
        if done < match.start():
            yield Token(text[done : match.start()])
        done = match.end()
        if match["comment"]:
            yield Token(piece, is_comment=True)
        elif piece[0] == "$":
            yield Token(piece, piece[2:-2])
        elif piece[0] == "'":
            yield Token(piece, piece[1:-1].replace("''", "'"))
        else:
            yield Token(piece, is_name=True)
    if done < len(text):
        yield Token(text[done:])


def _parts(text: str) -> Iterator[str]:
    pieces: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["end"]:
            yield "".join(pieces).strip()
            pieces.clear()
        else:
            pieces.append(" " if token["comment"] else token[0])
    yield "".join(pieces).strip()
