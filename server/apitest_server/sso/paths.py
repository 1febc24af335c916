"""PURE  The REST channels of SSO: which service answers which method of which path."""

from apitest_server.config import RestChannel

FORMAT = "sso"  # How their bodies are read and written
_SERVICES = {
    "user": {"POST": "user.create", "GET": "user.get", "PATCH": "user.update", "DELETE": "user.delete"},
    "user/signup": {"POST": "user.signup", "PATCH": "user.confirm-signup"},
    "user/signup/confirm": {"POST": "user.confirm-signup", "PATCH": "user.confirm-signup"},
    "user/search": {"GET": "user.search"},
    "user/login": {"POST": "user.login"},
    "user/logout": {"POST": "user.logout"},
    "user/password": {"PATCH": "user.change-password"},
    "user/linked": {"POST": "user.link", "GET": "user.get-linked", "DELETE": "user.unlink"},
    "user/totp": {"PATCH": "user.reset-totp-key"},
    "user/lock": {"POST": "user.lock", "DELETE": "user.unlock"},
    "user/approve": {"POST": "user.approve"},
    "user/reject": {"POST": "user.reject"},
    "user/session": {"POST": "session.verify", "GET": "session.get", "PATCH": "session.renew"},
    "user/session/list": {"GET": "session.get-list"},
    "user/attr": {
        "POST": "user-attr.create", "PATCH": "user-attr.update", "PUT": "user-attr.set",
        "DELETE": "user-attr.delete", "GET": "user-attr.get",
    },
    "user/attr/exists": {"GET": "user-attr.exists"},
    "user/attr/names": {"GET": "user-attr.get-names"},
    "user/attr/expiry": {"PATCH": "user-attr.set-expiry"},
    "session/attr": {
        "POST": "session-attr.create", "PATCH": "session-attr.update", "PUT": "session-attr.set",
        "DELETE": "session-attr.delete", "GET": "session-attr.get",
    },
    "session/attr/exists": {"GET": "session-attr.exists"},
    "session/attr/names": {"GET": "session-attr.get-names"},
    "session/attr/expiry": {"PATCH": "session-attr.set-expiry"},
    "password/reset": {
        "POST": "password-reset.create-token", "PATCH": "password-reset.access-token",
        "DELETE": "password-reset.change-password",
    },
}  # fmt: skip


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
