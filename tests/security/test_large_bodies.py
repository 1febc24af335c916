"""Bodies of the permitted size that are made to take long: the event loop goes on, the work is in proportion."""

import asyncio
from pathlib import Path

import pytest

from tests.server.asgi import Client, served

SIZE = 2_000_000
PART = b'--x\r\nContent-Disposition: form-data; name="a'
MULTIPART = "multipart/form-data; boundary=x"
URLENCODED = "application/x-www-form-urlencoded"
BODIES = {
    "semicolons in a part's header": (MULTIPART, PART + b";" * SIZE + b'"\r\n\r\nx\r\n--x--\r\n'),
    "many parts full of semicolons": (MULTIPART, (PART + b";" * 4000 + b'"\r\n\r\nx\r\n') * 480 + b"--x--\r\n"),
    "many parts full of quotes": (MULTIPART, (PART + b'"; b="\\' * 600 + b"\r\n\r\nx\r\n") * 480 + b"--x--\r\n"),
    "many parts full of blanks": (MULTIPART, (PART + b'"' + b"; " * 1900 + b"\r\n\r\nx\r\n") * 480 + b"--x--\r\n"),
    "almost boundaries": (MULTIPART, PART + b'"\r\n\r\n' + b"\r\n--" * (SIZE // 4) + b"\r\n--x--\r\n"),
    "escapes": (URLENCODED, b"a=" + b"%41" * (SIZE // 3)),
    "blanks": (URLENCODED, b"a=" + b"+" * SIZE),
    "fields": (URLENCODED, b"a=1&" * (SIZE // 4)),
    "semicolons in the content type": (MULTIPART + ';a="\\' * 10_000, b"--x--\r\n"),
}


@pytest.mark.parametrize("what", BODIES)
def test_nobody_waits_for_a_form(tmp_path: Path, what: str) -> None:
    """Other requests are answered while it is read, and it is answered."""
    content_type, body = BODIES[what]
    with served(tmp_path) as client:
        status, ticks = client.runner.run(_watched(client, content_type, body))
    assert status in (200, 400)
    assert ticks >= 1


async def _watched(client: Client, content_type: str, body: bytes) -> tuple[int, int]:
    """The status of a request, and how often the event loop came round meanwhile."""
    headers = {"Content-Type": content_type}
    answering = asyncio.ensure_future(client.answer("POST", "/zato/ping", headers, body, len(body)))
    ticks = 0
    while not answering.done():
        await asyncio.sleep(0)
        ticks += 1
    return answering.result().status, ticks
