"""Who is calling where a proxy stands between: of a request that uvicorn's own middleware does not see.

It needs names of uvicorn that are not documented: ``ProxyHeadersMiddleware`` with ``trusted_hosts``.
"""

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from apitest_server.service.asgi import RawHeaders


def caller(app: object, address: str, headers: RawHeaders) -> str:
    """The address of the first caller: the other end's, or what a trusted proxy says.

    Args:
        app: as uvicorn has wrapped it: it knows the trusted proxies.
        address: of the other end.
        headers: of the request.
    """
    if not isinstance(app, ProxyHeadersMiddleware) or address not in app.trusted_hosts:
        return address
    said = b", ".join(value for name, value in headers if name == b"x-forwarded-for").decode("latin-1")
    host, _ = app.trusted_hosts.get_trusted_client_address(said) if said else ("", 0)
    return host or address
