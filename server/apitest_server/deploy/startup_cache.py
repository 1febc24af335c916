"""The start-up cache: which internal services there are, so that a start need not import their modules to know.

It knows what it was made from, and is used only where that is the same: the contents of every source file of the
server that was imported to make it, the names of all others, the section ``[deploy_internal]``, the versions of Python
and of the product. What is written is a line with the format and a signature, then MessagePack. The cache says which
code is run, so it is signed with the server's key: nothing of a file that was damaged, half written or put there by
somebody else is looked at. It appears under its name whole or not at all, so any number of servers may start on one
directory at once.
"""

import sys
import time
from collections.abc import Collection
from hmac import compare_digest
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from apitest_server import __version__
from apitest_server.deploy.fingerprint import Stamps, are_proof, digests, one_digest, stamps
from apitest_server.deploy.store import Deployed
from apitest_server.errors import StartError
from apitest_server.odb.key import SecretKey

_MAGIC = b"apitest internal services 2 "  # 2 is the number of the format
_SIGNATURE = 64  # hexadecimal digits


class _Origin(msgspec.Struct, array_like=True):
    """What a cache was made from, but for the sources."""

    product: str
    python: str
    package: str
    disabled: list[str]

    def difference(self, other: "_Origin") -> str:
        """What is not the same, in words; nothing if all is."""
        if self.product != other.product:
            return f"it was written by version {other.product}, this is {self.product}"
        if self.python != other.python:
            return "it was made by another Python"
        if self.package != other.package:
            return "it was written by an installation in another place"
        return "the section [deploy_internal] has changed" if self.disabled != other.disabled else ""


class _Contents(msgspec.Struct, array_like=True):
    origin: _Origin
    unused: frozenset[str]
    stamps: bytes  # Encoded: they are only ever compared as a whole
    proof: bool
    sources: bytes
    services: list[Deployed]


class Stale(Exception):
    """The cache cannot be used; the text says why, and is empty where there simply is none yet."""


class StartupCache:
    """One cache file.

    Args:
        path: the file.
        package: the dotted name of the package of internal modules.
        roots: directories whose sources the services are made of, the package's among them.
        disabled: the modules that are switched off.
        key: the server's.
    """

    def __init__(self, path: Path, package: str, roots: tuple[Path, ...], disabled: list[str], key: SecretKey) -> None:
        self.path = path
        self._key = key
        self._roots = roots
        self._origin = _Origin(__version__, sys.version, f"{package} {roots}", disabled)
        self._stamps: Stamps = {}
        self._digests: dict[str, bytes] = {}
        self._now = 0

    def load(self) -> list[Deployed]:
        """The services that the cache holds, if it is of just these sources and settings.

        Raises:
            Stale: it is not, or there is none that can be read.
        """
        contents = self._read()
        difference = self._origin.difference(contents.origin)
        if difference:
            raise Stale(difference)
        now, seen = time.time_ns(), stamps(self._roots, contents.unused)
        if contents.proof and _encoded(seen) == contents.stamps:
            return contents.services
        if one_digest(digests(seen)) != contents.sources:
            raise Stale("the server's sources have changed")
        contents.stamps, contents.proof = _encoded(seen), are_proof(seen, now)
        self._write(contents)
        return contents.services

    def watch(self) -> None:
        """To be called before the modules are imported: notes what they are made of."""
        self._now, self._stamps = time.time_ns(), stamps(self._roots)
        self._digests = digests(self._stamps)

    def save(self, services: list[Deployed], used: Collection[str]) -> str:
        """Writes what was found since ``watch``; returns why it could not be written, or nothing.

        Args:
            services: what was found.
            used: the source files that were imported on the way. A change of others changes nothing, one that is new
                or gone does.
        """
        if stamps(self._roots) != self._stamps:
            return "the sources changed meanwhile"
        unused = frozenset(self._stamps.keys() - set(used))
        if not {service.source for service in services} <= self._stamps.keys() - unused:
            unused = frozenset()  # Files have other names when they are imported: nothing can be left out
        seen = {path: None if path in unused else stamp for path, stamp in self._stamps.items()}
        several = {path: b"" if path in unused else digest for path, digest in self._digests.items()}
        proof = are_proof(seen, self._now)
        return self._write(_Contents(self._origin, unused, _encoded(seen), proof, one_digest(several), services))

    def _read(self) -> _Contents:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            raise Stale from None
        except OSError as error:
            raise Stale(f"it cannot be read: {error.strerror or error}") from None
        if not content.startswith(_MAGIC):
            raise Stale("it is damaged, or of another format")
        body = memoryview(content)[len(_MAGIC) + _SIGNATURE + 1 :]
        try:
            head = self._head(body)
        except StartError as error:
            raise Stale(f"it cannot be verified: {error.problem}") from None
        if not compare_digest(content[: len(head)], head):
            raise Stale("it is damaged, or was not written by this server")
        try:
            return _decoder.decode(body)
        except msgspec.DecodeError as error:
            raise Stale(f"it is of another format: {error}") from None

    def _write(self, contents: _Contents) -> str:
        body = _encoder.encode(contents)
        try:
            head = self._head(body)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.path.parent, prefix=f"{self.path.name}.", delete=False) as part:
                try:
                    part.write(head + body)
                    part.close()
                    Path(part.name).replace(self.path)
                except BaseException:
                    Path(part.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            return error.strerror or str(error)
        except StartError as error:
            return error.problem
        return ""

    def _head(self, body: bytes | memoryview) -> bytes:
        """The first line; always as long."""
        return _MAGIC + self._key.signature(_MAGIC, body) + b"\n"


def _encoded(seen: Stamps) -> bytes:
    return _encoder.encode(sorted(seen.items()))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Contents)
