"""Security definitions: JWT. Who has a definition's user name and password gets tokens by logging in.

Tokens that others signed with the definition's ``secret`` (HS256) are accepted as well.
"""

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal.crud import Between, Field, ObjectType
from apitest_server.security.objects import SECURITY
from apitest_server.security.tokens import TOKENS
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, Text

YEAR = 365 * 24 * 60


class SigningSecret(Text):
    """What tokens are signed with: as long as the digest of HS256, or longer."""

    def parse(self, value: object) -> str:
        """The secret; an empty one is none."""
        text = super().parse(value)
        if text and len(text.encode("utf-8", "replace")) < 32:
            raise ValueError("must have 32 bytes or more")
        return text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.username:
        raise InputError("username", "must not be empty")


JWT = ObjectType(
    name="security.jwt",
    title="JWT definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True, unique=True),
        Field(Between("ttl", 1, YEAR, default=60), about="In minutes"),
        Field(Text("issuer", default="")),
        Field(Text("audience", default="")),
        Field(Text("password"), stored="hashed", random=True),
        Field(SigningSecret("secret"), stored="encrypted", random=True),
    ),
    space="security",
    after_edit=rename_client,
    validate=_validate,
    declared=lambda server: server.components[SECURITY].declared("security.jwt"),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(JWT, __name__)


class LogIn(Service):
    """Returns a token for a user name and password; also ``POST /zato/jwt/log-in``, for everybody."""

    name = "zato.security.jwt.log-in"

    class SimpleIO:
        """User name and password in, a token out."""

        input_required = ("username", "password")
        output_required = ("token",)

    async def handle(self) -> None:
        """Refuses wrong credentials with 401, slower after each failure."""
        http = self.request.http
        address = http.client[0] if http and http.client else ""
        given = self.request.input
        tokens = self.server.components[TOKENS]
        self.response.payload.token = await tokens.log_in(given.username, given.password, address)


class LogOut(Service):
    """Refuses a token from now on; also ``POST /zato/jwt/log-out``, for everybody who has one."""

    name = "zato.security.jwt.log-out"

    class SimpleIO:
        """A token in."""

        input_required = ("token",)

    async def handle(self) -> None:
        """Refuses a token that is not valid with 401."""
        await self.server.components[TOKENS].log_out(self.request.input.token)
