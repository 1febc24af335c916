"""Administrators: who may use the admin API."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.security.sessions import SESSIONS
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, Text

ADMINISTRATOR = ObjectType(
    name="security.administrator",
    title="Administrator",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("password"), stored="hashed", random=True),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(ADMINISTRATOR, __name__)


class LogIn(Service):
    """Returns a session for a user name and password, and when it expires; web-admin keeps it in a cookie."""

    name = "zato.security.administrator.log-in"

    class SimpleIO:
        """The address is the one of whom is slowed down after failed attempts.

        ``device`` is what was returned when this device has signed in before: it is slowed down for itself alone.
        """

        input_required = ("username", "password")
        input_optional = ("remote_addr", "device")
        output_required = ("session", "username", Int("expires"), "device")

    async def handle(self) -> None:
        """Refuses wrong credentials with 401, slower after each failure."""
        given = self.request.input
        sessions = self.server.components[SESSIONS]
        text, session = await sessions.log_in(given.username, given.password, given.remote_addr, given.device)
        device = sessions.device(session.user, given.device)
        answer = {"session": text, "username": session.user, "expires": session.expires, "device": device}
        self.response.payload = answer


class GetSession(Service):
    """Returns whose session it is."""

    name = "zato.security.administrator.get-session"

    class SimpleIO:
        """``expires`` is in seconds since 1970."""

        input_required = ("session",)
        output_required = ("username", Int("expires"))

    async def handle(self) -> None:
        """Refuses with 401 what is not a session, or not any longer."""
        session = await self.server.components[SESSIONS].read(self.request.input.session)
        self.response.payload = {"username": session.user, "expires": session.expires}


class LogOut(Service):
    """Ends a session, on all servers of the ODB."""

    name = "zato.security.administrator.log-out"

    class SimpleIO:
        """A session in."""

        input_required = ("session",)

    async def handle(self) -> None:
        """Refuses with 401 what is not a session."""
        await self.server.components[SESSIONS].log_out(self.request.input.session)
