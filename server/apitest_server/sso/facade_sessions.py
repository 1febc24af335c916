"""``self.sso.user.session``: the sessions of users, for services."""

from apitest_server.errors import HTTPError
from apitest_server.service.attrs import Attrs
from apitest_server.sso.asking import Asking
from apitest_server.sso.facade_attributes import AttributesOf
from apitest_server.sso.given import Owner
from apitest_server.sso.running import Runner


class SessionAPI:
    """``self.sso.user.session``."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def verify(
        self, cid: str, target_ust: str, current_ust: str, current_app: str, remote_addr: str, user_agent: str = ""
    ) -> object:
        """Whether a token is that of a session, for super-users; whatever goes wrong, it is not."""
        asking = Asking(current_ust, current_app, remote_addr, user_agent)

        def verified() -> bool:
            try:
                return self._runner.desk.sessions.verify(asking, target_ust)
            except HTTPError:
                return False

        return self._runner.run(verified)

    def renew(self, cid: str, ust: str, current_app: str, remote_addr: str, user_agent: str = "") -> object:
        """Lets a session live on, and returns when it expires."""
        asking = Asking(ust, current_app, remote_addr, user_agent)
        return self._runner.run(lambda: self._runner.desk.sessions.renew(asking, ust))

    def get(
        self, cid: str, target_ust: str, current_ust: str, current_app: str, remote_addr: str, user_agent: str = ""
    ) -> object:
        """What is known of a session, for super-users; ``attr`` are its attributes."""
        asking = Asking(current_ust, current_app, remote_addr, user_agent)

        def got() -> Attrs:
            found = Attrs(self._runner.desk.sessions.get(asking, target_ust))
            found["attr"] = AttributesOf(self._runner.desk, self._runner.run, asking, Owner(session=target_ust))
            return found

        return self._runner.run(got)

    def get_list(
        self, cid: str, ust: str, target_ust: str, current_ust: str, current_app: str, remote_addr: str
    ) -> object:
        """The sessions of a user: of whose token ``ust`` is, or ``target_ust``, for super-users."""
        asking = Asking(current_ust or ust, current_app, remote_addr)
        return self._runner.run(lambda: self._runner.desk.sessions.of_user(asking, target_ust or ""))
