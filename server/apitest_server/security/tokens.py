"""Log-in and log-out with JWTs."""

import time

from apitest_server.errors import Unauthorized
from apitest_server.odb import StoredObject
from apitest_server.security.authentication import key_of
from apitest_server.security.definitions import JWT, Verdict
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.passwords import nobody
from apitest_server.security.signing import token


class Tokens:
    """Log-in and log-out with the JWT definitions of the ODB.

    A token that logged out is refused until it expires, by this process: a restarted server accepts it again.
    """

    def __init__(self, objects: SecurityObjects) -> None:
        self.objects = objects

    async def log_in(self, username: str, password: str, address: str) -> str:
        """A new token, valid for as many minutes as the definition's ``ttl`` says.

        Raises:
            Unauthorized: no such user, or a wrong password; the response does not say which.
        """
        item = next((one for one in self._items() if one.fields["username"] == username), None)
        stored = item.secrets["password"] if item else ""
        caller = ("log-in", username, address)
        user = await self.objects.authentication.attempt(caller, lambda: self._check(username, stored, password))
        definition = self.objects.definition(item.id) if item and user else None
        if item is None or definition is None:
            raise Unauthorized
        return token(definition, username, item.fields.get("ttl", 60) * 60)

    def log_out(self, given: str) -> None:
        """Refuses a token from now on.

        Raises:
            Unauthorized: it is not valid anyway.
        """
        for item in self._items():
            checks = self.objects.authentication.checker(key_of(item.id))
            claims = checks.claims(given) if isinstance(checks, JWT) else None
            if claims is not None and isinstance(checks, JWT):
                checks.revoke(claims, time.time())
                return
        raise Unauthorized

    def _items(self) -> list[StoredObject]:
        return [item for item in self.objects.items.values() if item.kind == "security.jwt"]

    def _check(self, username: str, stored: str, password: str) -> Verdict:
        verify = self.objects.authentication.verifier.verify
        return lambda: username if verify(stored or nobody(), password) and stored else None
