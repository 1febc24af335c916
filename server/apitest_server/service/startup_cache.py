"""The start-up cache: which internal services there are, so that a start need not import their modules to know.

It knows what it was made from, and is used only where that is the same: the contents of every source file of the
server, the stanza ``[deploy_internal]``, the versions of Python and of the product. What is written is a line with the
format and a checksum, then MessagePack; a file that was damaged, half written or is somebody else's is noticed by that.
It appears under its name whole or not at all, so any number of servers may start on one directory at once.
"""

import sys
import time
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from apitest_server import __version__
from apitest_server.service.fingerprint import Stamps, are_proof, contents_hash, stamps
from apitest_server.service.store import Deployed

_MAGIC = "apitest internal services"
_FORMAT = 1


class Found(msgspec.Struct, array_like=True):
    """What there is.

    Attributes:
        services: of the modules that are deployed.
        disabled: module -> names of its services, as far as they can be told without importing it.
    """

    services: list[Deployed]
    disabled: dict[str, list[str]]


class _Origin(msgspec.Struct, array_like=True):
    """What a cache was made from, but for the sources."""

    product: str
    python: str
    package: str
    disabled: list[str]

    def difference(self, other: "_Origin") -> str:
        """What is not the same, in words; nothing if all is."""
        if self.product != other.product:
            return f"it is of version {other.product}, this is {self.product}"
        if self.python != other.python:
            return "it was made by another Python"
        if self.package != other.package:
            return "it is of an installation in another place"
        return "the stanza [deploy_internal] has changed" if self.disabled != other.disabled else ""


class _Contents(msgspec.Struct, array_like=True):
    origin: _Origin
    stamps: Stamps
    proof: bool
    sources: str
    found: Found


class Stale(Exception):
    """The cache cannot be used; the text says why, and is empty where there simply is none yet."""


class StartupCache:
    """One cache file.

    Args:
        path: the file.
        package: the dotted name of the package of internal modules.
        roots: directories whose sources the services are made of, the package's among them.
        disabled: the modules that are switched off.
    """

    def __init__(self, path: Path, package: str, roots: tuple[Path, ...], disabled: list[str]) -> None:
        self.path = path
        self._roots = roots
        self._origin = _Origin(__version__, sys.version, f"{package} {roots}", disabled)
        self._stamps: Stamps = {}
        self._now = 0
        self._sources = ""

    def load(self) -> Found:
        """What the cache holds, if it is of just these sources and settings.

        Raises:
            Stale: it is not, or there is none that can be read.
        """
        contents = self._read()
        difference = self._origin.difference(contents.origin)
        if difference:
            raise Stale(difference)
        now, seen = time.time_ns(), stamps(self._roots)
        if contents.proof and seen == contents.stamps:
            return contents.found
        if seen.keys() != contents.stamps.keys() or contents_hash(seen) != contents.sources:
            raise Stale("the server's sources have changed")
        self._write(_Contents(self._origin, seen, are_proof(seen, now), contents.sources, contents.found))
        return contents.found

    def watch(self) -> None:
        """To be called before the modules are imported: notes what they are made of."""
        self._now, self._stamps = time.time_ns(), stamps(self._roots)
        self._sources = contents_hash(self._stamps)

    def save(self, found: Found) -> str:
        """Writes what was found since ``watch``; returns why it could not be written, or nothing."""
        if stamps(self._roots) != self._stamps:
            return "the sources changed meanwhile"
        proof = are_proof(self._stamps, self._now)
        return self._write(_Contents(self._origin, self._stamps, proof, self._sources, found))

    def _read(self) -> _Contents:
        try:
            head, _, body = self.path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            raise Stale from None
        except OSError as error:
            raise Stale(f"it cannot be read: {error.strerror or error}") from None
        if head != _head(body):
            raise Stale("it is damaged, or of another format")
        try:
            return _decoder.decode(body)
        except msgspec.DecodeError as error:
            raise Stale(f"it is of another format: {error}") from None

    def _write(self, contents: _Contents) -> str:
        body = _encoder.encode(contents)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.path.parent, prefix=f"{self.path.name}.", delete=False) as part:
                try:
                    part.write(_head(body) + b"\n" + body)
                    part.close()
                    Path(part.name).replace(self.path)
                except BaseException:
                    Path(part.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            return error.strerror or str(error)
        return ""


def _head(body: bytes) -> bytes:
    checksum = blake2b(body, digest_size=20).hexdigest()
    return f"{_MAGIC} {_FORMAT} {checksum}".encode("ascii")


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Contents)
