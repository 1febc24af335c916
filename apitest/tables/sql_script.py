"""SQL texts of several statements, cut at the semicolons between them.

A semicolon in quotes, in a comment, in PostgreSQL's $$ … $$ or in the body of a trigger or routine separates nothing.
"""

import re
from collections.abc import Iterator

from apitest.expressions import expression
from apitest.tables.bound import Token

_PIECE = r"""
    (?P<skipped>--[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"]|"")*"?|`[^`]*`?|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)|{string})
   |(?P<semicolon>;)
   |(?P<word>[A-Za-z_]\w*)
   |.
"""
_FLAGS = re.VERBOSE | re.DOTALL
_STANDARD = expression(_PIECE.replace("{string}", r"'(?:[^']|'')*'?"), _FLAGS)
# MySQL reads a backslash in a string as the start of an escape; # begins a comment.
_MYSQL = expression(_PIECE.replace("{string}", r"'(?:[^'\\]|''|\\.)*'?|\#[^\n]*"), _FLAGS)
_COMMENT = expression(r"(?:--|\#|/\*(?!!))")
_EXECUTED = "/*!"  # what MySQL takes for code
_ESCAPED = expression(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_WITH_BODY = expression(r"\s*(?:create|alter)\b[^;]*?\b(?:trigger|procedure|function|event|package)\b", re.IGNORECASE)
_OPENING = {"begin", "case"}
_OTHER_ENDS = {"if", "loop", "while", "repeat", "for"}  # END IF closes what is not counted


def statements(text: str, dialect: str = "") -> list[str]:
    """The statements of a text, in their order, without the semicolons between them; none for a text of comments.

    Args:
        text: the SQL.
        dialect: "mysql" and "mariadb" have strings and comments of their own.
    """
    return [part for part in _parts(text, _MYSQL if dialect in ("mysql", "mariadb") else _STANDARD) if part]


def tokens(text: str, dialect: str = "") -> Iterator[Token]:
    """The strings, quoted names and comments of a statement, and the code between them.

    Args:
        text: the statement.
        dialect: as of `statements`.
    """
    mysql = dialect in ("mysql", "mariadb")
    done = 0
    for match in (_MYSQL if mysql else _STANDARD).finditer(text):
        if not match["skipped"]:
            continue
        if done < match.start():
            yield Token(text[done : match.start()])
        yield _token(match[0], mysql)
        done = match.end()
    if done < len(text):
        yield Token(text[done:])


def _token(text: str, mysql: bool) -> Token:
    if text.startswith(_EXECUTED):
        return Token(text)
    if _COMMENT.match(text):
        return Token(text, is_comment=True)
    if text[0] == "$":
        tag = text[: text.index("$", 1) + 1]
        return Token(text, text[len(tag) : -len(tag)])
    if text[0] == "`" or (text[0] == '"' and not mysql):
        return Token(text, is_name=True)
    said = text[1:-1].replace(text[0] * 2, text[0])
    return Token(text, _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), said) if mysql else said)


def _parts(text: str, piece: re.Pattern[str]) -> Iterator[str]:
    start, has_code, body = 0, False, _Body()
    for match in piece.finditer(text):
        if match["semicolon"] and not body.depth:
            yield text[start : match.start()].strip() if has_code else ""
            start, has_code, body = match.end(), False, _Body()
            continue
        is_comment = match["skipped"] and _COMMENT.match(match[0])
        if is_comment or match[0].isspace():
            continue
        has_code = True
        if match["word"]:
            body.take(match[0].casefold(), text, start)
        else:
            body.previous = ""
    yield text[start:].strip() if has_code else ""


class _Body:
    """How deep a statement is in BEGIN … END, where it is one that has a body at all."""

    def __init__(self) -> None:
        self.depth = 0
        self.previous = ""
        self._has: bool | None = None

    def take(self, word: str, text: str, start: int) -> None:
        if word in _OPENING and self.previous != "end":
            if self._has is None:
                self._has = bool(_WITH_BODY.match(text, start))
            self.depth += self._has
        elif word == "end" and self.depth:
            self.depth -= 1
        elif self.previous == "end" and word in _OTHER_ENDS and self._has:
            self.depth += 1
        self.previous = word
