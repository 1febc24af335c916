"""What a server without manners sends over a WebSocket: a proper handshake first, if it likes, then any frames."""

import base64
import hashlib
import struct

TEXT, BINARY, CONTINUED, CLOSE, PING, PONG = 0x81, 0x82, 0x80, 0x88, 0x89, 0x8A
FIRST, MIDDLE = 0x01, 0x00  # of a text message in pieces
_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def accepted(request: str, *headers: str) -> bytes:
    """The answer that opens a WebSocket."""
    lines = [line for line in request.split("\r\n") if line.lower().startswith("sec-websocket-key:")]
    if not lines:
        raise ValueError("the client is gone")
    key = lines[0].partition(":")[2].strip()
    accept = base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
    return "\r\n".join([*lines, f"Sec-WebSocket-Accept: {accept}", *headers, "", ""]).encode()


def frame(first: int, body: bytes = b"", length: int | None = None) -> bytes:
    """A frame as servers write it, with a length that may not be true."""
    size = len(body) if length is None else length
    short = size if size < 126 else 126 if size < 65_536 else 127
    head = bytes([first, short])
    return head + (b"" if size < 126 else struct.pack("!H" if size < 65_536 else "!Q", size)) + body
