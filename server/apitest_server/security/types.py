"""The types of security definitions: the one table of what each is called, how it checks a request and makes one.

A new type has a class in ``definitions``, a row here, a module of ``internal`` for its services, and, where it can be
declared in server.conf, its name in ``config.kinds.security_type``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from apitest_server.config import SecurityDefinition
from apitest_server.security import calling
from apitest_server.security.definitions import JWT, APIKey, BasicAuth, Checker, Secret
from apitest_server.security.passwords import Verifier
from apitest_server.security.wss import WSS


@dataclass(frozen=True, slots=True)
class SecurityType:
    """One type.

    Attributes:
        name: its name in server.conf.
        kind: of its objects in the ODB; its services are called ``zato.<kind>.<verb>``.
        sec_type: its name in lists of definitions of all types.
        checks: makes what checks requests: of a definition, what verifies passwords, and what reads its secret; there
            is none where another room makes it, or where a type is not for callers.
        headers: the headers of a request that is sent with a definition.
        envelope: what goes into the header of a SOAP envelope that is sent with a definition; nothing if empty.
        is_hashed: whether the server knows its password as a hash only, unless it is for outgoing connections.
        needs_request: whether a caller shows it with a request as a whole, so that messages of other kinds cannot.
        for_callers: whether channels can ask for it.
        for_outgoing: whether outgoing connections can show it.
        field_of_outgoing: a field that only those have that are for outgoing connections; none where it is empty.
        is_special: whether its objects become effective in a way of their own, not as those of all other types do.
        is_declarable: whether server.conf can have one.
    """

    name: str
    kind: str
    sec_type: str
    checks: Callable[[SecurityDefinition, Verifier, Secret | None], Checker] | None
    headers: Callable[[SecurityDefinition], dict[str, str]] = calling.no_headers
    envelope: Callable[[SecurityDefinition], bytes] = calling.nothing
    is_hashed: bool = False
    needs_request: bool = False
    for_callers: bool = True
    for_outgoing: bool = True
    field_of_outgoing: str = ""
    is_special: bool = False
    is_declarable: bool = True


# In the ODB only; what shows them, or asks somebody about callers, is in a room above this one
_AUTH_SERVER = "auth_server_url"
_stored = partial(SecurityType, checks=None, is_declarable=False)
TYPES = (
    SecurityType(
        "basic-auth",
        "security.basic-auth",
        "basic_auth",
        BasicAuth,
        calling.basic_auth,
        is_hashed=True,
        is_special=True,
    ),
    SecurityType("api-key", "security.apikey", "apikey", APIKey, calling.api_key, is_hashed=True),
    SecurityType("jwt", "security.jwt", "jwt", JWT, calling.jwt),
    SecurityType("wss", "security.wss", "wss", WSS, calling.no_headers, calling.username_token, needs_request=True),
    _stored("vault", "security.vault.connection", "vault_conn_sec", for_outgoing=False, is_special=True),
    _stored("oauth", "security.oauth", "oauth", needs_request=True, field_of_outgoing=_AUTH_SERVER, is_special=True),
    _stored("tls", "security.tls.channel", "tls_channel_sec", for_outgoing=False, is_special=True),
    _stored("ntlm", "security.ntlm", "ntlm", for_callers=False),
    _stored("aws", "security.aws", "aws", for_callers=False),
)
BY_NAME = {one.name: one for one in TYPES}
BY_KIND = {one.kind: one for one in TYPES}


def checker(definition: SecurityDefinition, verifier: Verifier, secret: Secret | None = None) -> Checker | None:
    """What checks requests against a definition; ``None`` where this room has nothing that does.

    Args:
        definition: the definition.
        verifier: verifies passwords.
        secret: reads the secret of a definition that does not hold it; called when it is first needed.
    """
    checks = BY_NAME[definition.type].checks
    return None if checks is None else checks(definition, verifier, secret)


def headers(definition: SecurityDefinition) -> dict[str, str]:
    """The headers of a request that is sent with a definition."""
    return BY_NAME[definition.type].headers(definition)


def envelope_header(definition: SecurityDefinition) -> bytes:
    """What goes into the header of a SOAP envelope that is sent with a definition."""
    return BY_NAME[definition.type].envelope(definition)


def kinds_for_messages(*, outgoing: bool = False) -> tuple[str, ...]:
    """The kinds of definitions that callers can prove themselves by who send messages without bodies of HTTP.

    Args:
        outgoing: only those that outgoing connections can show.
    """
    able = (one for one in TYPES if one.for_callers and not one.needs_request)
    return tuple(one.kind for one in able if one.for_outgoing or not outgoing)
