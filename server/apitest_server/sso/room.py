"""Opens SSO: users who sign in once for several applications, in the ODB."""

from apitest_server.invoke.invoker import INVOKER
from apitest_server.odb import DATABASE
from apitest_server.room import Host, Room
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.service.base import SSO
from apitest_server.sso.desk import DESK, Desk
from apitest_server.sso.errands import Errands
from apitest_server.sso.facade import Facade
from apitest_server.sso.old_names import provide_old_names


def open_room(server: Host) -> Room:
    """Offers it to internal services, and to others as ``self.sso``; nothing of it is loaded until it is used."""
    have = server.components
    rules = server.config.sso
    errands = Errands(server, rules.smtp_conn, rules.email_from)
    have[DESK] = Desk(have[DATABASE], rules, have[AUTHENTICATION], errands)
    have[SSO] = Facade(have[DESK], have[INVOKER], server.config.limits.request_timeout)
    provide_old_names()
    return Room(close=errands.close)
