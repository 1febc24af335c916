"""PURE  The REST channels of SSO: which service answers which method of which path."""

from apitest_server.config import RestChannel

FORMAT = "sso"  # How their bodies are read and written
_SERVICES = {
    "user": {"POST": "user.create", "GET": "user.get", "PATCH": "user.update", "DELETE": "user.delete"},
    "user/login": {"POST": "user.login"},
    "user/logout": {"POST": "user.logout"},
    "user/password": {"PATCH": "user.change-password"},
    "user/lock": {"POST": "user.lock", "DELETE": "user.unlock"},
    "user/approve": {"POST": "user.approve"},
    "user/reject": {"POST": "user.reject"},
    "user/session": {"POST": "session.verify", "GET": "session.get", "PATCH": "session.renew"},
    "user/session/list": {"GET": "session.get-list"},
}


def channels() -> list[RestChannel]:
    """A channel for each method of each path."""
    return [
        RestChannel(
            f"zato.sso.{path.replace('/', '-')}-{method.lower()}",
            f"/zato/sso/{path}",
            f"zato.sso.{service}",
            (method,),
            data_format=FORMAT,
        )
        for path, services in _SERVICES.items()
        for method, service in services.items()
    ]
