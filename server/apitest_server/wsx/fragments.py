"""PURE  Messages that come in several frames, put together as they come: nothing is kept twice."""

import codecs
from io import StringIO

_UTF8 = codecs.getincrementaldecoder("utf-8")


class TextFragments:
    """A text; each part is decoded when it comes."""

    __slots__ = ("_decoder", "_text")

    def __init__(self) -> None:
        self._decoder = _UTF8()
        self._text = StringIO()

    def add(self, data: bytes, is_last: bool) -> str | None:
        """Takes a part; the message once it is complete.

        Raises:
            UnicodeDecodeError: it cannot be UTF-8 any more.
        """
        self._text.write(self._decoder.decode(data, is_last))
        return self._text.getvalue() if is_last else None


class BinaryFragments:
    """A binary message."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        self._data = bytearray()

    def add(self, data: bytes, is_last: bool) -> bytes | None:
        """Takes a part; the message once it is complete."""
        self._data += data
        return bytes(self._data) if is_last else None
