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
        is_in_body: whether a caller shows it in the body of a request, so that messages without one cannot.
        for_callers: whether channels can ask for it.
        for_outgoing: whether outgoing connections can show it.
        is_remote: whether another system knows who is calling; a room above this one asks it, and has the kind.
        is_declarable: whether server.conf can have one.
    """

    name: str
    kind: str
    sec_type: str
    checks: Callable[[SecurityDefinition, Verifier, Secret | None], Checker] | None
    headers: Callable[[SecurityDefinition], dict[str, str]] = calling.no_headers
    envelope: Callable[[SecurityDefinition], bytes] = calling.nothing
    is_hashed: bool = False
    is_in_body: bool = False
    for_callers: bool = True
    for_outgoing: bool = True
    is_remote: bool = False
    is_declarable: bool = True


# In the ODB only; what shows them, or asks somebody about callers, is in a room above this one
_stored = partial(SecurityType, checks=None, is_declarable=False)
TYPES = (
    SecurityType("basic-auth", "security.basic-auth", "basic_auth", BasicAuth, calling.basic_auth, is_hashed=True),
    SecurityType("api-key", "security.apikey", "apikey", APIKey, calling.api_key, is_hashed=True),
    SecurityType("jwt", "security.jwt", "jwt", JWT, calling.jwt),
    SecurityType("wss", "security.wss", "wss", WSS, calling.no_headers, calling.username_token, is_in_body=True),
    _stored("vault", "security.vault.connection", "vault_conn_sec", for_outgoing=False, is_remote=True),
    _stored("oauth", "security.oauth", "oauth", for_callers=False),
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


def kinds_for_messages() -> tuple[str, ...]:
    """The kinds of definitions that callers can prove themselves by who send messages without bodies of HTTP."""
    return tuple(one.kind for one in TYPES if one.for_callers and not one.is_in_body)
