"""Log-in and log-out with JWTs."""

import asyncio

from apitest_server.components import Key
from apitest_server.errors import Unauthorized
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.live import LiveObjects
from apitest_server.security.definitions import Verdict, digest_of
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.passwords import nobody
from apitest_server.security.signing import token

KIND = "security.revoked-token"


class Tokens:
    """Log-in with the JWT definitions of the ODB, and log-out with any.

    A token that has logged out is refused until it expires: by all servers of the ODB, and after a restart.
    """

    def __init__(self, objects: SecurityObjects, odb: ODB, live: LiveObjects) -> None:
        self.objects = objects
        self._odb = odb
        self._live = live

    async def log_in(self, username: str, password: str, address: str) -> str:
        """A new token, valid for as many minutes as the definition's ``ttl`` says.

        Raises:
            Unauthorized: no such user, or a wrong password; the response does not say which.
        """
        await self.objects.authentication.refresh()
        item = next((one for one in self._items() if one.fields["username"] == username), None)
        stored = item.secrets["password"] if item else ""
        caller = ("log-in", username, address)
        user = await self.objects.authentication.attempt(caller, lambda: self._check(username, stored, password))
        definition = self.objects.definition(item.id) if item and user else None
        if item is None or definition is None:
            raise Unauthorized
        now = int(self.objects.authentication.now())
        return token(definition, username, item.fields.get("ttl", 60) * 60, now)

    async def log_out(self, given: str) -> None:
        """Refuses a token from now on.

        Raises:
            Unauthorized: it is not valid anyway.
        """
        await self.objects.authentication.refresh()
        for checks in self.objects.authentication.tokens():
            claims = checks.claims(given)
            if claims is not None:
                await self.revoke(digest_of(claims), float(claims["exp"]))
                return
        raise Unauthorized

    async def revoke(self, digest: str, expires: float) -> None:
        """Refuses what has this digest from now on, until it expires (seconds since 1970)."""
        await asyncio.to_thread(self._revoke, digest, expires)

    def _revoke(self, digest: str, expires: float) -> None:
        """Keeps the token's digest in the ODB, and forgets those of tokens that have expired."""
        from apitest_server.odb.rows import Draft, Objects

        now = self.objects.authentication.now()
        with self._odb.changing:
            over = [one for one in self._live.of_kind(KIND) if one.fields["expires"] < now]
            with self._odb.writing() as session:
                rows = Objects(session, self._odb.key.open)
                item = rows.add(Draft(KIND, "Log-out", KIND, digest, {"expires": expires}))
                rows.discard(one.id for one in over)
            self._live.put(item)
            for one in over:
                self._live.remove(one)

    def _items(self) -> list[StoredObject]:
        return [item for item in self.objects.items.values() if item.kind == "security.jwt"]

    def _check(self, username: str, stored: str, password: str) -> Verdict:
        verify = self.objects.authentication.verifier.verify
        return lambda: username if verify(stored or nobody(), password) and stored else None


TOKENS: Key[Tokens] = Key("tokens")
