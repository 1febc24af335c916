"""Opens SSO: users who sign in once for several applications, in the ODB."""

from apitest_server.odb import DATABASE
from apitest_server.room import Host, Room
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.sso.desk import DESK, Desk
from apitest_server.sso.errands import Errands


def open_room(server: Host) -> Room:
    """Offers it to internal services; nothing of it is loaded until it is used."""
    have = server.components
    rules = server.config.sso
    errands = Errands(server, rules.smtp_conn, rules.email_from)
    have[DESK] = Desk(have[DATABASE], rules, have[AUTHENTICATION], errands)
    return Room(close=errands.close)
