"""Opens security: definitions, administrators and tokens."""

from apitest_server.room import Host, Room
from apitest_server.security.administrators import KEY, KIND, Administrators
from apitest_server.security.freshness import Freshness
from apitest_server.security.objects import AdministratorObjects, RevokedTokens, SecurityObjects
from apitest_server.security.tokens import KIND as REVOKED
from apitest_server.security.tokens import Tokens
from apitest_server.security.types import TYPES


def open_room(server: Host) -> Room:
    """Checks requests against the definitions of server.conf and of the ODB."""
    have = server.components
    administrators = Administrators(have.authentication.verifier, have.odb.key)
    have.authentication.define(KEY, administrators)
    security = have.security = SecurityObjects(have.authentication)
    have.tokens = Tokens(security, have.odb, have.live)
    have.authentication.freshness = Freshness(have.odb, have.live)
    return Room(
        kinds={
            KIND: lambda: AdministratorObjects(administrators),
            REVOKED: lambda: RevokedTokens(have.authentication.revoked),
            **{one.kind: lambda: security for one in TYPES},
        },
        close=have.authentication.close,
    )
