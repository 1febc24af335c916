"""A Vault for the tests: the one that VAULT_ADDR and VAULT_TOKEN name, else a server of its documented API."""

import json
import os
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from tests.services.vault_api import VaultApi


class _Handler(BaseHTTPRequestHandler):
    api: VaultApi
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(content) if content else {}
        path = self.path.partition("?")[0].removeprefix("/v1/")
        status, answer = self.api.answer(self.command, path, self.headers.get("X-Vault-Token", ""), body)
        data = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - names that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: a test's output is its own."""


class _Server:
    """An HTTP server that answers as the API is documented."""

    def __init__(self, api: VaultApi) -> None:
        handler = type("Handler", (_Handler,), {"api": api})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class Vault:
    """A Vault with two key/value engines and an AppRole, all written through its API; and one that is sealed.

    Attributes:
        address: its base URL.
        token: a token that may read and write.
        role_id: of the AppRole ``apitest``; ``secret_id`` belongs to it.
        secret_id: see ``role_id``.
        password: of the user ``maria``.
        api: the state of the server, or None where a real Vault is used.
        sealed_address: of a server that is sealed; never a real one, which could not be opened again.
    """

    def __init__(self) -> None:
        self.api: VaultApi | None = None
        self._servers = [_Server(VaultApi(sealed=True))]
        self.sealed_address = self._servers[0].address
        self.address, self.token = os.environ.get("VAULT_ADDR", ""), os.environ.get("VAULT_TOKEN", "")
        if not (self.address and self.token):
            self._serve()
        self.password = secrets.token_urlsafe(12)
        self._fill()

    def _serve(self) -> None:
        self.api = VaultApi()
        self._servers.append(_Server(self.api))
        self.address, self.token = self._servers[-1].address, self.api.root_token

    def _fill(self) -> None:
        for version in ("1", "2"):
            self._send(f"sys/mounts/apitest-kv{version}", {"type": "kv", "options": {"version": version}}, 400)
        many, one = {"username": "alice", "password": "s3cret-of-alice"}, {"value": "only-s3cret"}
        for name, secret in {"app/db": many, "app/one": one}.items():
            self._send(f"apitest-kv1/{name}", secret)
            self._send(f"apitest-kv2/data/{name}", {"data": secret})
        rule = 'path "apitest-kv*" { capabilities = ["read"] }'
        self._send("sys/policies/acl/apitest", {"policy": rule})
        for method in ("approle", "userpass"):
            self._send(f"sys/auth/{method}", {"type": method}, 400)
        self._send("auth/userpass/users/maria", {"password": self.password, "token_policies": "apitest"})
        self._send("auth/approle/role/apitest", {"token_policies": "apitest"})
        self.role_id = self._send("auth/approle/role/apitest/role-id")["role_id"]
        self.secret_id = self._send("auth/approle/role/apitest/secret-id", {})["secret_id"]

    def _send(self, path: str, body: dict[str, Any] | None = None, tolerated: int = 0) -> dict[str, Any]:
        method = "GET" if body is None else "POST"
        headers = {"X-Vault-Token": self.token}
        answer = requests.request(method, f"{self.address}/v1/{path}", json=body, headers=headers, timeout=10)
        if answer.status_code != tolerated:  # 400: it is there from an earlier run against the same Vault
            answer.raise_for_status()
        data = answer.json().get("data") if answer.content else None
        return data or {}

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this Vault is."""
        names = {"VAULT_ADDR": self.address, "VAULT_TOKEN": self.token}
        role = {"APITEST_VAULT_ROLE_ID": self.role_id, "APITEST_VAULT_SECRET_ID": self.secret_id}
        role["APITEST_VAULT_PASSWORD"] = self.password
        return {**names, **role, "APITEST_VAULT_SEALED_ADDR": self.sealed_address}

    def stop(self) -> None:
        """End the servers that are ours."""
        for server in self._servers:
            server.stop()
