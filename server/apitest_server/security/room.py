"""Opens security: definitions, administrators and tokens."""

from functools import partial

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.cluster.objects import SHARED
from apitest_server.cluster.passes import PASSES
from apitest_server.odb import DATABASE
from apitest_server.odb.live import LIVE
from apitest_server.room import Host, Room
from apitest_server.security.administrators import KEY, KIND, Administrators
from apitest_server.security.authentication import AUTHENTICATION
from apitest_server.security.basic_auth_objects import BasicAuthObjects
from apitest_server.security.certificate_objects import ClientCertificateObjects
from apitest_server.security.certificates import AUTHORITY, CERTIFICATES, PAIR, Certificates
from apitest_server.security.freshness import Freshness
from apitest_server.security.groups import ENDPOINTS, GROUP, Group
from apitest_server.security.oauth_objects import OAuthObjects
from apitest_server.security.objects import SECURITY, AdministratorObjects, RevokedTokens, SecurityObjects
from apitest_server.security.rbac import ACCESS, RBAC
from apitest_server.security.rbac_objects import CLIENT, GRANT, PERMISSION, ROLE, RBACObjects
from apitest_server.security.sessions import SESSIONS, Sessions
from apitest_server.security.tokens import KIND as REVOKED
from apitest_server.security.tokens import TOKENS, Tokens
from apitest_server.security.types import TYPES

_NONCES = "nonces"
BASIC_AUTH = "security.basic-auth"
OAUTH = "security.oauth"
CLIENT_CERTIFICATE = "security.tls.channel"


def open_room(server: Host) -> Room:
    """Checks requests against the definitions of server.conf and of the ODB."""
    have = server.components
    authentication = have[AUTHENTICATION]
    callers = Group(authentication.checkers, authentication.verifier)
    administrators = Administrators(authentication.verifier, have[DATABASE].key, have[PASSES], callers)
    authentication.define(KEY, administrators)
    have[GROUP] = group = Group(authentication.checkers, authentication.verifier)
    authentication.define(ENDPOINTS, group)
    have[SECURITY] = security = SecurityObjects(authentication)
    have[TOKENS] = tokens = Tokens(security, have[DATABASE], have[LIVE])
    have[SESSIONS] = Sessions(authentication, administrators, have[DATABASE].key, tokens)
    authentication.now = have[BUS].now
    authentication.nonces.used = partial(_tell, have[BUS])
    have[BUS].hear(_NONCES, lambda data: authentication.nonces.put(data["nonce"], data["until"], authentication.now()))
    authentication.freshness = Freshness(have[DATABASE], have[LIVE], lambda: have[SHARED].are_current)
    have[CERTIFICATES] = certificates = Certificates()
    have[ACCESS] = rbac = RBAC()
    return Room(
        kinds={
            KIND: lambda: AdministratorObjects(administrators),
            REVOKED: lambda: RevokedTokens(authentication.revoked),
            **{one.kind: lambda: security for one in TYPES if not one.is_special},
            BASIC_AUTH: lambda: BasicAuthObjects(security, callers),
            OAUTH: lambda: OAuthObjects(security),
            CLIENT_CERTIFICATE: lambda: ClientCertificateObjects(security),
            **{kind: lambda: certificates for kind in (AUTHORITY, PAIR)},
            **{kind: lambda: RBACObjects(rbac, security) for kind in (ROLE, PERMISSION, GRANT, CLIENT)},
        },
        close=authentication.close,
    )


def _tell(bus: Bus, nonce: str, until: float) -> None:
    bus.tell(_NONCES, {"nonce": nonce, "until": until})
