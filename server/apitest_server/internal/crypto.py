"""Secrets and passwords: made, encrypted with the server's key, hashed and verified."""

import string
from secrets import choice, token_urlsafe

from apitest_server.errors import BadRequest, StartError
from apitest_server.internal.crud import Between
from apitest_server.odb import DATABASE
from apitest_server.odb.key import SecretKey
from apitest_server.security.passwords import Verifier, hashed
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool

_SYMBOLS = "!#$%&*+-./:=?@^_~"
_ENCRYPTED = "encrypted:"


class GenerateSecret(Service):
    """A random secret for keys and tokens, in characters that are safe in URLs."""

    name = "zato.crypto.generate-secret"

    class SimpleIO:
        """So many random bits are in it."""

        input_optional = (Between("bits", 64, 4096, default=256),)
        output_required = ("secret",)

    def handle(self) -> None:
        """Rounded up to bytes."""
        self.response.payload.secret = token_urlsafe(-(-self.request.input.bits // 8))


class GeneratePassword(Service):
    """A random password with at least one small letter, one capital, one digit and, where asked, one symbol."""

    name = "zato.crypto.generate-password"

    class SimpleIO:
        """Its length in characters."""

        input_optional = (Between("length", 8, 256, default=20), Bool("symbols", default=False))
        output_required = ("password",)

    def handle(self) -> None:
        """All passwords of this kind are equally likely."""
        given = self.request.input
        groups = [string.ascii_lowercase, string.ascii_uppercase, string.digits, *([_SYMBOLS] if given.symbols else [])]
        alphabet = "".join(groups)
        password = ""
        while not all(set(group) & set(password) for group in groups):
            password = "".join(choice(alphabet) for _ in range(given.length))
        self.response.payload.password = password


class Encrypt(Service):
    """Encrypts a text with the server's key; each time to something else."""

    name = "zato.crypto.encrypt"

    class SimpleIO:
        """What comes of it goes to ``zato.crypto.decrypt``."""

        input_required = ("data",)
        output_required = ("encrypted",)

    def handle(self) -> None:
        """Authenticated, so that a change is noticed."""
        self.response.payload.encrypted = self._key.encrypt(self.request.input.data)

    @property
    def _key(self) -> SecretKey:
        return self.server.components[DATABASE].key


class Decrypt(Service):
    """Decrypts what ``zato.crypto.encrypt`` of a server with the same key returned."""

    name = "zato.crypto.decrypt"

    class SimpleIO:
        """The text."""

        input_required = ("encrypted",)
        output_required = ("data",)

    def handle(self) -> None:
        """Anything else is a 400."""
        encrypted = self.request.input.encrypted
        if not encrypted.startswith(_ENCRYPTED):
            raise BadRequest("Input field `encrypted` is not a value that zato.crypto.encrypt returned")
        try:
            self.response.payload.data = self.server.components[DATABASE].key.open(encrypted)
        except StartError:
            raise BadRequest("Input field `encrypted` was changed, or encrypted with another key") from None


class Hash(Service):
    """Hashes a password with argon2id, so that it can be verified and not read again."""

    name = "zato.crypto.hash"

    class SimpleIO:
        """The hash tells its own parameters."""

        input_required = ("data",)
        output_required = ("hash",)

    def handle(self) -> None:
        """Takes tens of milliseconds on purpose."""
        self.response.payload.hash = hashed(self.request.input.data)


class VerifyHash(Service):
    """Whether a password is the one that an argon2 hash was made of."""

    name = "zato.crypto.verify-hash"

    class SimpleIO:
        """True or false."""

        input_required = ("data", "hash")
        output_required = (Bool("is_valid"),)

    def handle(self) -> None:
        """Anything but an argon2 hash is a 400."""
        given = self.request.input
        if not given.hash.startswith("$argon2"):
            raise BadRequest("Input field `hash` is not an argon2 hash")
        self.response.payload.is_valid = Verifier().verify(given.hash, given.data)
