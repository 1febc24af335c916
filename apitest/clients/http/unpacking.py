"""Bodies that were sent compressed; urllib3 knows how."""

from io import BytesIO
from typing import Any

import requests
import urllib3

from apitest.clients.http.limits import Limits, TooLarge
from apitest.clients.http.message import Received
from apitest.language.sizes import show_size

_CHUNK = 65_536


def unpack(answer: Received, limits: Limits, size: int) -> None:
    """Puts the unpacked body in the place of the one that was sent.

    Raises:
        TooLarge, TimeoutError: as of `read_chunks`.
        urllib3.exceptions.DecodeError: it is not packed as its header says; of a redirect, the body is dropped.
    """
    raw = urllib3.HTTPResponse(BytesIO(answer.content), urllib3.HTTPHeaderDict(answer.fields), preload_content=False)
    try:
        answer.content = read_chunks(raw, limits, size)
    except urllib3.exceptions.DecodeError:
        if not answer.is_redirect:
            raise
        answer.content = b""


def read_chunks(raw: Any, limits: Limits, size: int) -> bytes:
    """All that comes, unpacked.

    Args:
        raw: a response of urllib3 whose body was not read.
        limits: of the exchange.
        size: bytes that there may be, sent or unpacked.

    Raises:
        TimeoutError: it takes too long.
        TooLarge: there are more.
        urllib3.exceptions.HTTPError: the connection or the encoding broke.
    """
    chunks: list[bytes] = []
    total = raw.length_remaining or 0  # as the server says; 0 if it says nothing
    try:
        if total <= size:
            total = 0
            while total <= size and (chunk := raw.read1(_CHUNK, decode_content=True)):
                chunks.append(chunk)
                limits.seconds()
                total += len(chunk)
        if total > size:
            raise TooLarge(f"a body of more than {show_size(size)}")
    except BaseException:
        raw.close()
        raise
    raw.release_conn()
    return b"".join(chunks)


def read(response: requests.Response, limits: Limits, size: int) -> None:
    """Reads the body of a response as it comes, unless it was read already; errors as of `read_chunks`."""
    if response._content_consumed:  # type: ignore[attr-defined]  # requests has no public way to tell
        return
    # requests has no public way to hand a Response a body that was read already.
    response._content = read_chunks(response.raw, limits, size)
    response._content_consumed = True  # type: ignore[attr-defined]
