"""The constants of zato.apitest."""

version = "24.10.1"
"""The newest release whose names are all provided."""

Invalid = "invalid-f0c2a6d3b1e94d7fa5c8"
No_Value = "no-value-8b1d53e07c2f4f69a04e"


class Auth:
    """How a request authenticates, ``ctx.zato.auth["type"]``."""

    Basic_Auth = BASIC_AUTH = "basic"


class Channel_Type:  # noqa: N801 - the name that projects import
    """What kind of channel is invoked."""

    REST = "rest"
    WSX = WEB_SOCKETS = "wsx"
