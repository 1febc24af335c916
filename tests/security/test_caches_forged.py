"""Who can write the start-up cache, and nothing else, does not say which code the server runs."""

import hmac
import logging
import os
import pickle
import random
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import msgspec
import pytest

from apitest_server.deploy.internal_services import CACHE
from apitest_server.odb.key import FILE_NAME
from tests.attempts import Attempts
from tests.server.asgi import served

MAGIC = b"apitest internal services 2 "
HEAD = len(MAGIC) + 64 + 1


class Evil:
    """Runs a command where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch evil-ran",)


def services(content: bytes) -> list[object]:
    """Those that a cache holds."""
    found: list[object] = msgspec.msgpack.decode(content[HEAD:])[-1]
    return found


def forged(content: bytes, foreign: bytes) -> dict[str, bytes]:
    """What an attacker writes in place of a cache; the body names other code for each service."""
    body = content[HEAD:]
    decoded = msgspec.msgpack.decode(body)
    decoded[-1] = [[row[0], "antigravity:Evil", *row[2:]] for row in decoded[-1]]
    evil = msgspec.msgpack.encode(decoded)
    rest = random.Random(1)
    flipped = {
        f"bit {place}": content[:place] + bytes([content[place] ^ 1 << rest.randrange(8)]) + content[place + 1 :]
        for place in rest.sample(range(len(content)), 60)
    }
    keys = (b"", b"0" * 32, MAGIC, foreign[len(MAGIC) : HEAD - 1])
    signed = {
        f"signed {kind} with {key!r}": MAGIC + hmac.new(key, start + evil, "sha256").hexdigest().encode() + b"\n" + evil
        for key in keys
        for kind, start in (("plainly", b""), ("for the purpose", MAGIC + b"\0"))
    }
    return {
        "the signature of the old body": content[:HEAD] + evil,
        "no signature": MAGIC + b"\n" + evil,
        "zeros as a signature": MAGIC + b"0" * 64 + b"\n" + evil,
        "a checksum": MAGIC + b"%064x\n" % crc32(evil) + evil,
        "a hash": MAGIC + sha256(evil).hexdigest().encode() + b"\n" + evil,
        "the format before": b"apitest internal services 1 %08x\n" % crc32(evil) + evil,
        "a cache of another server": foreign,
        "more behind the body": content + b"\0",
        "capital digits": content[: len(MAGIC)] + content[len(MAGIC) : HEAD].upper() + body,
        "a pickle": pickle.dumps(Evil()),
        "a pickle behind the signature": content[:HEAD] + pickle.dumps(Evil()),
        "nothing": b"",
        "a body without its end": content[:-1],
        **signed,
        **flipped,
    }


def test_a_forged_cache_is_rebuilt(
    tmp_path: Path, attempts: Attempts, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in it, the log says so, and the services are the server's own."""
    monkeypatch.chdir(tmp_path)
    caches = []
    for name in ("one", "two"):
        directory = tmp_path / name
        directory.mkdir()
        if name == "two":
            (directory / FILE_NAME).write_bytes(b"A" * 43 + b"=")
        with served(directory):
            caches.append((directory / CACHE).read_bytes())
    file = tmp_path / "one" / CACHE
    for what, content in forged(*caches).items():
        caplog.clear()
        file.write_bytes(content)
        with caplog.at_level(logging.INFO), served(tmp_path / "one") as client:
            told = "Rebuilding the start-up cache: it is damaged" in caplog.text and "(from cache)" not in caplog.text
            attempts.held(told and client.result("zato.ping") == {"pong": "zato"}, f"{what}: {caplog.text}")
        attempts.held(services(file.read_bytes()) == services(caches[0]), f"{what}: it was not written anew")
        attempts.held(file.stat().st_mode & 0o777 == 0o600, f"{what}: it can be read by others")
    attempts.held(not (tmp_path / "evil-ran").exists(), "a pickle was run")
