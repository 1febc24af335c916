"""How often somebody may do something in an hour: of all servers of the ODB together, and over their restarts."""

from collections.abc import Callable

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from apitest_server.odb import ODB
from apitest_server.odb.sso_models import SSOQuota

HOUR = 3600.0


class Quota:
    """So many times in an hour, by caller; the hour begins with a caller's first time."""

    def __init__(self, odb: ODB, what: str, times: int, digest: Callable[[str], str], now: Callable[[], float]) -> None:
        """Takes what it works with.

        Args:
            odb: the ODB.
            what: is done; each thing is counted by itself.
            times: how often it may be done.
            digest: what is stored of who does it.
            now: seconds since 1970.
        """
        self._odb = odb
        self._what = what
        self._times = times
        self._digest = digest
        self._now = now

    def take(self, caller: str) -> float:
        """Counts one more time: 0 if it is allowed, else the seconds until the next one is."""
        with self._odb.reading() as session:  # Whoever is refused again and again makes the server write nothing
            wait = self._wait(session.get(SSOQuota, self._key(caller)))
        if wait:
            return wait
        with self._odb.writing() as session:
            return self.taken(session, caller)

    def taken(self, session: Session, caller: str) -> float:
        """The same, in a transaction that writes."""
        now = self._now()
        session.execute(delete(SSOQuota).where(SSOQuota.began <= now - HOUR))
        found = self._row(session, caller)
        wait = self._wait(found)
        if wait:
            return wait
        if not found.began <= now:  # The clock was put back
            found.began, found.times = now, 0
        found.times += 1
        session.flush()
        return 0.0

    def _wait(self, found: SSOQuota | None) -> float:
        now = self._now()
        if found is None or found.times < self._times or not found.began <= now < found.began + HOUR:
            return 0.0
        return found.began + HOUR - now

    def _row(self, session: Session, caller: str) -> SSOQuota:
        key = self._key(caller)
        found = session.get(SSOQuota, key, with_for_update=True)
        if found is not None:
            return found
        try:
            with session.begin_nested():
                found = SSOQuota(caller=key, began=self._now(), times=0)
                session.add(found)
        except IntegrityError:  # Another server was faster
            return session.get_one(SSOQuota, key, with_for_update=True)
        return found

    def _key(self, caller: str) -> str:
        return self._digest(f"{self._what} {caller}")
