"""The server's key: secrets that have to be read again are encrypted with it; the ODB alone is worth nothing."""

import hmac
import os
from base64 import urlsafe_b64encode
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from apitest_server.errors import StartError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

FILE_NAME = "odb.key"
_PREFIX = "encrypted:"


class SecretKey:
    """A key in a file of the server's directory that only its owner can read; made when it is first needed.

    Attributes:
        path: the file.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / FILE_NAME

    def create(self) -> None:
        """Writes a random key, unless there is one already.

        Raises:
            StartError: the file cannot be written.
        """
        part = self.path.with_name(f"{FILE_NAME}.{uuid4().hex}")
        try:
            if self.path.exists():
                return
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - mode
                file.write(urlsafe_b64encode(os.urandom(32)))
            # Never half a file, and of two servers that start at once the first one's key counts.
            with suppress(FileExistsError):
                os.link(part, self.path)
            part.unlink()
        except OSError as error:
            raise StartError(f"Cannot write the server's key: {error.strerror or error}", str(self.path)) from None

    def encrypt(self, text: str) -> str:
        """What is stored of a text."""
        return _PREFIX + self.seal(text.encode("utf-8"))

    def seal(self, content: bytes) -> str:
        """Content that only who has the key can read, or make: ASCII, without blanks."""
        return str(self._fernet.encrypt(content).decode("ascii"))

    def unseal(self, sealed: str) -> bytes | None:
        """The content of what was sealed; ``None`` if it was not, or with another key."""
        from cryptography.fernet import InvalidToken

        try:
            return bytes(self._fernet.decrypt(sealed))
        except InvalidToken:
            return None

    def open(self, stored: str) -> str:
        """The text of what is stored; what was not encrypted is as it is.

        Raises:
            StartError: it was encrypted with another key.
        """
        if not stored.startswith(_PREFIX):
            return stored
        content = self.unseal(stored.removeprefix(_PREFIX))
        if content is None:
            raise StartError(
                "A secret in the ODB was encrypted with another key",
                str(self.path),
                f"Put back the file {FILE_NAME} that belongs to this ODB, or set the secret again",
            )
        return content.decode("utf-8")

    def signature(self, purpose: bytes, message: bytes | memoryview) -> bytes:
        """The HMAC of a message, in hexadecimal digits; one of another purpose is another one.

        Raises:
            StartError: the key cannot be read or made.
        """
        made = hmac.new(self.raw, purpose + b"\0", "sha256")
        made.update(message)
        return made.hexdigest().encode("ascii")

    @property
    def mark(self) -> str:
        """What tells whether two keys are the same, and nothing else about them."""
        return self.signature(b"mark", b"").decode("ascii")[:32]

    @cached_property
    def raw(self) -> bytes:
        """The key itself, in URL-safe Base64.

        Raises:
            StartError: the file cannot be read.
        """
        self.create()
        try:
            return self.path.read_bytes().strip()
        except OSError as error:
            raise StartError(f"The server's key cannot be used: {error}", str(self.path)) from None

    @cached_property
    def _fernet(self) -> "Fernet":
        from cryptography.fernet import Fernet

        try:
            return Fernet(self.raw)
        except ValueError as error:
            raise StartError(f"The server's key cannot be used: {error}", str(self.path)) from None
