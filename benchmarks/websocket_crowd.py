"""`python -m benchmarks.websocket_crowd URL CLIENTS SECONDS KIND [HOW]`: WebSocket clients on one event loop.

KIND is `wsx`, where each signs in and invokes the channel's service, or `echo`, where the same message comes back. Each
sends its next message when the last one is answered. With 0 seconds they only connect, sign in and answer pings until
standard input ends. HOW is `bare`, frames made by hand, which costs next to nothing, or `library`, clients of the
package websockets as they are.
"""

import asyncio
import json
import resource
import sys
from base64 import b64encode
from os import urandom
from time import perf_counter
from urllib.parse import urlsplit

import uvloop

AT_ONCE = 200  # handshakes under way
DATA = {"customer": {"id": 12345, "name": "Maria", "tags": ["a", "b", "c"], "active": True, "balance": 12.5}}
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(opcode: int, data: bytes) -> bytes:
    """A frame of a client, whole; masked with zeros, which change nothing."""
    size = len(data)
    length = bytes([0x80 | size]) if size < 126 else bytes([0xFE]) + size.to_bytes(2, "big")
    return bytes([0x80 | opcode]) + length + bytes(4) + data


class Guest(asyncio.Protocol):
    """One client."""

    def __init__(self, path: str, host: str, number: int, is_wsx: bool) -> None:
        self.transport: asyncio.Transport
        self.head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        self.number = number
        self.is_wsx = is_wsx
        self.buffer = b""
        self.message = b""
        self.is_open = self.is_running = False
        self.answers = 0
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the upgrade."""
        self.transport = transport  # type: ignore[assignment]  # uvloop's is one
        key = b64encode(urandom(16)).decode()
        self.transport.write(f"{self.head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody expects that."""
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"refused: {self.buffer[:200]!r}"))
        self.is_running = False

    def data_received(self, data: bytes) -> None:
        """The handshake's answer, then frames."""
        self.buffer += data
        if not self.is_open:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end or not head.startswith(b"HTTP/1.1 101"):
                return
            self.is_open, self.buffer = True, rest
            self.opened()
        while len(self.buffer) >= 2:
            size, start = self.buffer[1], 2
            if size == 126:
                size, start = int.from_bytes(self.buffer[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(self.buffer[2:10], "big"), 10
            if len(self.buffer) < start + size:
                return
            opcode, text = self.buffer[0] & 15, self.buffer[start : start + size]
            self.buffer = self.buffer[start + size :]
            self.came(opcode, text)

    def opened(self) -> None:
        """Signs in."""
        if self.is_wsx:
            self.transport.write(frame(TEXT, json.dumps({"meta": self.login(), "data": {}}).encode()))
        else:
            self.signed_in("ws.token.0123456789abcdef0123456789abcdef")

    def login(self) -> dict[str, object]:
        """What the first message says."""
        credentials = {"username": "user", "secret": "secret"}
        return {**self._about("create-session"), "token": None, **credentials}

    def invocation(self, token: str) -> dict[str, object]:
        """What all others say."""
        return {**self._about("invoke-service"), "token": token}

    def _about(self, action: str) -> dict[str, object]:
        about = {"id": "1", "timestamp": "2026-01-31T12:30:00", "client_id": f"c{self.number}", "client_name": "Crowd"}
        return {"action": action, **about}

    def signed_in(self, token: str) -> None:
        """Ready to begin."""
        self.message = frame(TEXT, json.dumps({"meta": self.invocation(token), "data": DATA}).encode())
        self.ready.set_result(None)

    def came(self, opcode: int, text: bytes) -> None:
        """A frame came."""
        if opcode == PING:
            self.transport.write(frame(PONG, text))
        elif opcode == TEXT and self.ready.done():
            self.answers += 1
            if self.is_running:
                self.transport.write(self.message)
        elif opcode == TEXT:
            self.signed_in(json.loads(text)["data"]["token"])


async def crowd(url: str, count: int, is_wsx: bool) -> list[Guest]:
    """So many clients, signed in."""
    where, loop = urlsplit(url), asyncio.get_running_loop()
    turns, guests = asyncio.Semaphore(AT_ONCE), list[Guest]()

    async def one(number: int) -> None:
        async with turns:
            make = lambda: Guest(where.path, where.netloc, number, is_wsx)  # noqa: E731
            _, guest = await loop.create_connection(make, where.hostname, where.port)
            guests.append(guest)
            await guest.ready

    await asyncio.gather(*(one(number) for number in range(count)))
    return guests


async def with_library(url: str, count: int, seconds: float, is_wsx: bool) -> float:
    """Answers a second, to clients of the package websockets."""
    from websockets.asyncio.client import connect

    answers, is_over = [0] * count, asyncio.Event()

    async def one(number: int) -> None:
        async with connect(url, proxy=None, compression=None) as connection:
            guest = Guest("", "", number, is_wsx)
            token = "ws.token.0123456789abcdef0123456789abcdef"
            if is_wsx:
                await connection.send(json.dumps({"meta": guest.login(), "data": {}}))
                token = json.loads(await connection.recv())["data"]["token"]
            message = json.dumps({"meta": guest.invocation(token), "data": DATA})
            while not is_over.is_set():
                await connection.send(message)
                await connection.recv()
                answers[number] += 1

    tasks = [asyncio.ensure_future(one(number)) for number in range(count)]
    await asyncio.sleep(1 + seconds / 4)
    before, started = sum(answers), perf_counter()
    await asyncio.sleep(seconds)
    rate = (sum(answers) - before) / (perf_counter() - started)
    is_over.set()
    await asyncio.gather(*tasks)
    return rate


async def main(url: str, count: int, seconds: float, kind: str, how: str = "bare") -> None:
    """Prints connections a second (not of the library's clients), then answers a second."""
    if how == "library":
        print(f"-\n{await with_library(url, count, seconds, kind == 'wsx'):.1f}", flush=True)
        return
    started = perf_counter()
    guests = await crowd(url, count, kind == "wsx")
    print(f"{count / (perf_counter() - started):.1f}", flush=True)
    if not seconds:
        await asyncio.to_thread(sys.stdin.read)
        return
    for guest in guests:
        guest.is_running = True
        guest.transport.write(guest.message)
    await asyncio.sleep(seconds / 4)  # Until both sides are warm
    before, started = sum(guest.answers for guest in guests), perf_counter()
    await asyncio.sleep(seconds)
    answers = sum(guest.answers for guest in guests) - before
    if not all(guest.is_running for guest in guests):
        raise RuntimeError("clients were disconnected")
    print(f"{answers / (perf_counter() - started):.1f}", flush=True)


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:]))
