"""What a HashiCorp Vault answers, written from its API documentation; it is not a real Vault.

Covered: tokens, logging in with an AppRole and with a password, mounting and reading key/value engines of both
versions, and the errors of each. The same tests run against a real server when VAULT_ADDR and VAULT_TOKEN name one.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Answer = tuple[int, Json | None]

_DENIED: Answer = (403, {"errors": ["permission denied"]})
_NO_CONTENT: Answer = (204, None)
_NOT_FOUND: Answer = (404, {"errors": []})
_NO_SUCH_ROUTE: Answer = (404, {"errors": ["no handler for route"]})


def _envelope(data: Json | None, auth: Json | None = None) -> Answer:
    """What every successful answer with a body looks like."""
    empty: Json = {
        "lease_id": "",
        "renewable": False,
        "lease_duration": 0,
        "wrap_info": None,
        "warnings": None,
    }
    return 200, {"request_id": str(uuid.uuid4()), **empty, "data": data, "auth": auth}


@dataclass
class _Engine:
    """A mounted key/value engine: its version and its secrets by path."""

    version: str
    secrets: dict[str, Json] = field(default_factory=dict)


@dataclass
class _Role:
    role_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    secret_ids: set[str] = field(default_factory=set)


@dataclass
class VaultApi:
    """The state of the server; `answer` is the whole of its interface.

    Attributes:
        root_token: the token that may do everything.
        tokens: every token that is valid, and what is known about it.
        users: passwords by name.
        sealed: while it is sealed, every request is answered with 503.
    """

    root_token: str = field(default_factory=lambda: f"hvs.{secrets.token_urlsafe(18)}")
    tokens: dict[str, Json] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    sealed: bool = False
    engines: dict[str, _Engine] = field(default_factory=lambda: {"secret": _Engine("2")})
    roles: dict[str, _Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens[self.root_token] = {
            "display_name": "root",
            "policies": ["root"],
            "path": "auth/token/root",
            "ttl": 0,
        }

    def answer(self, method: str, path: str, token: str, body: Json) -> Answer:
        """The status and the JSON body for a request; the path comes without its leading ``/v1/``."""
        if path == "sys/health":
            return (503 if self.sealed else 200), {"initialized": True, "sealed": self.sealed, "standby": False}
        if self.sealed:
            return 503, {"errors": ["Vault is sealed"]}
        if path == "auth/approle/login":
            return self._login(body)
        if path.startswith("auth/userpass/login/"):
            return self._log_in(path.removeprefix("auth/userpass/login/"), body)
        if token not in self.tokens:
            return _DENIED
        if path.startswith("auth/token/"):
            return self._token(path.removeprefix("auth/token/"), token, body)
        for prefix, handle in self._routes().items():
            if path.startswith(prefix):
                return handle(method, path.removeprefix(prefix), body)
        return self._secret(method, path, body)

    def _routes(self) -> dict[str, Callable[[str, str, Json], Answer]]:
        return {
            "sys/internal/ui/mounts/": self._mount_of,
            "sys/mounts/": self._mount,
            "sys/auth/": lambda method, name, body: _NO_CONTENT,
            "sys/policies/acl/": lambda method, name, body: _NO_CONTENT,
            "auth/approle/role/": self._role,
            "auth/userpass/users/": self._user,
        }

    def _login(self, body: Json) -> Answer:
        known = any(
            role.role_id == body.get("role_id") and body.get("secret_id") in role.secret_ids
            for role in self.roles.values()
        )
        if not known:
            return 400, {"errors": ["invalid role or secret ID"]}
        return self._made({"display_name": "approle", "policies": ["apitest", "default"], "path": "auth/approle/login"})

    def _log_in(self, name: str, body: Json) -> Answer:
        user = self.users.get(name)
        if user is None or user["password"] != body.get("password"):
            return 400, {"errors": ["invalid username or password"]}
        about: Json = {"display_name": f"userpass-{name}", "path": f"auth/userpass/login/{name}"}
        return self._made({**about, "policies": ["default", *user["policies"]], "meta": {"username": name}})

    def _made(self, about: Json, ttl: int = 3600) -> Answer:
        token = f"hvs.{secrets.token_urlsafe(18)}"
        self.tokens[token] = {"meta": None, **about, "ttl": ttl, "id": token}
        auth: Json = {"client_token": token, "lease_duration": ttl, "renewable": True, "policies": about["policies"]}
        return _envelope(None, {**auth, "metadata": about.get("meta")})

    def _token(self, what: str, token: str, body: Json) -> Answer:
        if what == "lookup-self":
            return _envelope(self.tokens[token])
        if what == "revoke-self":
            del self.tokens[token]
            return _NO_CONTENT
        if what == "create":
            name, policies = body.get("display_name"), body.get("policies") or self.tokens[token]["policies"]
            about: Json = {"display_name": f"token-{name}" if name else "token", "path": "auth/token/create"}
            return self._made({**about, "policies": sorted({"default", *policies}), "meta": body.get("meta")})
        self.tokens.pop(body.get("token", ""), None)
        return _NO_CONTENT

    def _user(self, method: str, name: str, body: Json) -> Answer:
        policies = str(body.get("token_policies", "")).split(",")
        self.users[name] = {"password": body["password"], "policies": [one for one in policies if one]}
        return _NO_CONTENT

    def _role(self, method: str, rest: str, body: Json) -> Answer:
        name, _, what = rest.partition("/")
        role = self.roles.setdefault(name, _Role())
        if what == "role-id":
            return _envelope({"role_id": role.role_id})
        if what == "secret-id":
            secret_id = str(uuid.uuid4())
            role.secret_ids.add(secret_id)
            return _envelope({"secret_id": secret_id})
        return _NO_CONTENT

    def _mount(self, method: str, name: str, body: Json) -> Answer:
        if name in self.engines:
            return 400, {"errors": [f"path is already in use at {name}/"]}
        self.engines[name] = _Engine(str(body.get("options", {}).get("version", "1")))
        return _NO_CONTENT

    def _mount_of(self, method: str, path: str, body: Json) -> Answer:
        name = self._engine_name(path)
        if name is None:
            reason = "preflight capability check returned 403, please ensure client's policies grant access to"
            return 403, {"errors": [f'{reason} path "{path}/"']}
        options = {"version": self.engines[name].version}
        return _envelope({"path": f"{name}/", "type": "kv", "options": options})

    def _engine_name(self, path: str) -> str | None:
        return next((name for name in self.engines if path == name or path.startswith(f"{name}/")), None)

    def _secret(self, method: str, path: str, body: Json) -> Answer:
        name = self._engine_name(path)
        if name is None:
            return _NO_SUCH_ROUTE
        engine, rest = self.engines[name], path.removeprefix(name).lstrip("/")
        if engine.version == "1":
            return _version_1(engine, method, rest, body)
        kind, _, rest = rest.partition("/")
        return _version_2(engine, method, rest, body) if kind == "data" else _NOT_FOUND


def _version_1(engine: _Engine, method: str, path: str, body: Json) -> Answer:
    if method in {"POST", "PUT"}:
        engine.secrets[path] = body
        return _NO_CONTENT
    found = engine.secrets.get(path)
    return _NOT_FOUND if found is None else _envelope(found)


def _version_2(engine: _Engine, method: str, path: str, body: Json) -> Answer:
    metadata: Json = {"created_time": "2024-01-01T00:00:00Z", "custom_metadata": None, "deletion_time": ""}
    metadata |= {"destroyed": False, "version": 1}
    if method in {"POST", "PUT"}:
        engine.secrets[path] = body["data"]
        return _envelope(metadata)
    if method == "DELETE":
        engine.secrets[path] = {}
        return _NO_CONTENT
    found = engine.secrets.get(path)
    if found is None:
        return _NOT_FOUND
    if not found:  # deleted: its metadata is still there, with 404
        return 404, {"data": {"data": None, "metadata": {**metadata, "deletion_time": "2024-01-02T00:00:00Z"}}}
    return _envelope({"data": found, "metadata": metadata})
