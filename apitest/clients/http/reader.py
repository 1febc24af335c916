"""Reads answers from the bytes of a connection: where a head ends, and where its body does."""

from collections.abc import Callable, Iterator

from apitest.clients.http.limits import TooLarge
from apitest.clients.http.wire import LONGEST_LINE, MOST_LINES, Head, parse_head
from apitest.expressions import expression
from apitest.language.sizes import show_size

_HEAD_ENDS = expression(rb"\n\r?\n")
_CHUNK_SIZE = expression(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_NO_BODY = (204, 304)
_SWITCHED = 101  # The one of those below 200 that no other answer follows


class Reader:
    """Reads answers from the bytes of a connection.

    Args:
        receive: gives the bytes that come next, none at the end.
    """

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._buffer = b""

    def has_more(self) -> bool:
        """Whether bytes came after the last answer, which belong to no request."""
        return bool(self._buffer)

    # ------------------------------------------------------------------ heads

    def head(self) -> Head:
        """The head of the next answer; those of what only informs, such as 100 and 103, are passed over.

        Raises:
            http.client.HTTPException: it is not one of HTTP, or the connection ended before it.
            OSError, TooLarge: as the connection says.
        """
        while True:
            head = parse_head(self._read_head())
            if head.status >= 200 or head.status == _SWITCHED:
                return head

    def _read_head(self) -> bytes:
        data = self._buffer
        looked_at = lines = line_start = 0
        while (found := _HEAD_ENDS.search(data, max(looked_at - 2, 0))) is None:
            if lines == 0 and b"\n" in data and not data.startswith(b"HTTP/"):
                return data  # what speaks another protocol may never send an empty line
            # A line that ends in what is new began before that, or is short.
            end = data.find(b"\n", looked_at)
            if (len(data) if end < 0 else end) - line_start >= LONGEST_LINE:
                raise _line_too_long("header line")
            lines += data.count(b"\n", looked_at)
            if lines > MOST_LINES + 1:
                raise _too_many_lines()
            line_start = data.rfind(b"\n", looked_at) + 1 or line_start
            looked_at = len(data)
            more = self._receive()
            if not more:
                self._buffer = b""
                return data
            data += more
        self._buffer = data[found.end() :]
        return data[: found.end()]

    # ------------------------------------------------------------------ bodies

    def body(self, head: Head, method: str, most: int) -> tuple[bytes, bool]:
        """The body of an answer as it was sent, and whether the connection can be used again.

        Args:
            head: of the same answer.
            method: of the request.
            most: bytes that a body may have.

        Raises:
            TooLarge: it has more.
            http.client.HTTPException: it ended before it was complete, or is not sent as HTTP says.
            OSError: the connection broke.
        """
        if method == "HEAD" or head.status in _NO_BODY or head.status < 200:
            return b"", not head.ends_connection()
        if (head.first("transfer-encoding") or "").lower() == "chunked":
            content = b"".join(self._limited(self._chunks(), most))
            return content, not head.ends_connection()
        length = _length(head)
        if length is None:
            return b"".join(self._limited(iter(self._all, b""), most)), False
        if length > most:
            raise _too_large(most)
        return self._exactly(length), not head.ends_connection()

    def _limited(self, chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            total += len(chunk)
            if total > most:
                raise _too_large(most)
            yield chunk

    def _all(self) -> bytes:
        data, self._buffer = self._buffer, b""
        return data or self._receive()

    def _exactly(self, size: int) -> bytes:
        """So many bytes of a body."""
        if len(self._buffer) >= size:
            data, self._buffer = self._buffer[:size], self._buffer[size:]
            return data
        got = [self._buffer]
        missing = size - len(self._buffer)
        while missing > 0:
            more = self._receive()
            if not more:
                self._buffer = b""
                raise _incomplete()
            got.append(more)
            missing -= len(more)
        self._buffer = got[-1][len(got[-1]) + missing :] if missing else b""
        if missing:
            got[-1] = got[-1][:missing]
        return b"".join(got)

    def _chunks(self) -> Iterator[bytes]:
        while size := self._chunk_size():
            while size:
                data = self._all()
                if not data:
                    raise _incomplete()
                data, self._buffer = data[:size], data[size:]
                size -= len(data)
                yield data
            self._exactly(2)
        while self._text_line().strip(b"\r\n"):  # the trailer, or the end of the connection
            pass

    def _chunk_size(self) -> int:
        line = self._text_line()
        usual = _CHUNK_SIZE.fullmatch(line)
        if usual is None:
            try:
                size = int(line.partition(b";")[0], 16)
            except ValueError:
                raise _incomplete() from None
            if size < 0:
                raise _incomplete()
            return size
        return int(usual[1], 16)

    def _text_line(self) -> bytes:
        """The next line, with its end; without one at the end of the connection."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > LONGEST_LINE:
                raise _line_too_long("chunk size")
            more = self._receive()
            if not more:
                break
            self._buffer += more
        end = end + 1 or len(self._buffer)
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        return line


def _too_many_lines() -> Exception:
    from http.client import HTTPException

    return HTTPException(f"got more than {MOST_LINES} headers")


def _length(head: Head) -> int | None:
    """The number of bytes that Content-Length says; None for those that come until the connection is closed."""
    lengths = (value for name, value in head.fields if name.lower() == "content-length")
    said = {part.strip() for value in lengths for part in value.split(",")}
    if len(said) > 1:
        from http.client import HTTPException

        raise HTTPException(f"Content-Length has several values: {', '.join(sorted(said))}")
    try:
        length = int(next(iter(said), ""))
    except ValueError:
        return None
    return length if length >= 0 else None


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"a body of more than {show_size(most)}")


def _incomplete() -> Exception:
    from http.client import IncompleteRead

    return IncompleteRead(b"")


def _line_too_long(of: str) -> Exception:
    from http.client import LineTooLong

    return LineTooLong(of)
