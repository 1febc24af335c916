"""Data inside a page that grows while a run goes on: blocks of JSON, compressed, each in a script element of its own.

What a block holds is Base64 in the page, so nothing of it can end the element or be taken for markup.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Callable

_LEVEL = 6


def block(kind: str, text: str) -> str:
    """A block of data as an element of the page; ``kind`` is its class."""
    packed = b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)).decode("ascii")
    return f'<script type="text/plain" class="{kind}">{packed}</script>\n'


def encoded(value: object) -> str:
    """A value as JSON without spaces; only ASCII, whatever characters it holds."""
    return json.dumps(value, separators=(",", ":"))


class Chunks:
    """Values that are written in blocks, so that only the last block is kept in memory.

    Args:
        write: writes text to the page.
        kind: the class of the blocks.
        most: characters of JSON in a block, about.
    """

    def __init__(self, write: Callable[[str], object], kind: str, most: int) -> None:
        self._write = write
        self._kind = kind
        self._most = most
        self._texts: list[str] = []
        self._size = 0
        self._number = 0

    def add(self, value: object) -> tuple[int, int]:
        """Takes a value; returns the number of its block and its place in there."""
        text = encoded(value)
        place = self._number, len(self._texts)
        self._texts.append(text)
        self._size += len(text)
        if self._size >= self._most:
            self.finish()
        return place

    def finish(self) -> None:
        """Writes what was not written yet."""
        if self._texts:
            self._write(block(self._kind, f"[{','.join(self._texts)}]"))
            self._texts.clear()
            self._size = 0
            self._number += 1
