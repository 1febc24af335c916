"""JWTs that the server signs itself."""

import time
from secrets import token_hex

from apitest_server.config import SecurityDefinition


def token(definition: SecurityDefinition, subject: str, lifetime: int, now: int | None = None) -> str:
    """A JWT that the definition accepts.

    Args:
        definition: with its secret, issuer and audience.
        subject: whom it is for.
        lifetime: in seconds.
        now: seconds since 1970; by the system's clock if not given.
    """
    import jwt

    if now is None:
        now = int(time.time())
    claims = {"sub": subject, "iat": now, "exp": now + lifetime, "jti": token_hex(16)}
    if definition.issuer:
        claims["iss"] = definition.issuer
    if definition.audience:
        claims["aud"] = definition.audience
    return jwt.encode(claims, definition.secret, "HS256")
