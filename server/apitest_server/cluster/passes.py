"""Passes, with which one server of an ODB calls another one: each for one call, to one server, within a minute.

A pass is ``peer.<run ID of who is called>.<when it expires>.<random>.<HMAC of that under the servers' key>``. Times are
those of the database's clock, so that it does not matter what those of the machines say.
"""

import hmac
from collections.abc import Callable
from secrets import token_hex

from apitest_server.components import Key
from apitest_server.odb.key import SecretKey

USER = "peer"
LIFETIME = 60.0
_PURPOSE = b"peer"


class Passes:
    """Makes them, and takes each once."""

    def __init__(self, key: SecretKey, run_id: str, now: Callable[[], float]) -> None:
        """Takes the servers' key, this server's run, and the time by the database's clock."""
        self._key = key
        self._run_id = run_id
        self._now = now
        self._spent: dict[str, float] = {}

    def made(self, run_id: str) -> str:
        """A new one for a call to the server of a run."""
        content = f"{run_id}.{int(self._now() + LIFETIME)}.{token_hex(12)}"
        return f"{USER}.{content}.{self._mac(content)}"

    def take(self, given: str) -> bool:
        """Whether a pass is valid here; it never is again."""
        kind, _, rest = given.partition(".")
        content, _, mac = rest.rpartition(".")
        if kind != USER or not given.isascii() or not hmac.compare_digest(mac, self._mac(content)):
            return False
        run_id, expires, _ = content.split(".")
        now = self._now()
        if run_id != self._run_id or not now <= int(expires) <= now + 2 * LIFETIME or content in self._spent:
            return False
        self._spent = {spent: until for spent, until in self._spent.items() if until >= now}
        self._spent[content] = int(expires)
        return True

    def _mac(self, content: str) -> str:
        return self._key.signature(_PURPOSE, content.encode("ascii")).decode("ascii")


PASSES: Key[Passes] = Key("passes")
