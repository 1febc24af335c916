"""An authorization server of OAuth 2.0 for the tests, made with Authlib, and an API that takes its tokens."""

import os
import secrets
import threading
import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from flask import Flask, jsonify, request
from werkzeug.serving import WSGIRequestHandler, make_server

os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # It listens on this machine alone


class _Handler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Silence: a test's output is its own."""


class _Client(ClientMixin):
    def __init__(self, secret: str) -> None:
        self.secret = secret

    def get_client_id(self) -> str:
        return "apitest"

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in (scope or "").split() if one in ("orders", "prices"))

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret.encode(), self.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_post", "client_secret_basic")

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"


class _Token(TokenMixin):
    def __init__(self, lifetime: float, scope: str) -> None:
        self.until = time.monotonic() + lifetime
        self.scope = scope

    def get_scope(self) -> str:
        return self.scope

    def is_expired(self) -> bool:
        return time.monotonic() >= self.until

    def is_revoked(self) -> bool:
        return False


class _ClientCredentials(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class OAuth:
    """``/token`` gives tokens to the client ``apitest``, ``/orders`` wants one with the scope ``orders``.

    Attributes:
        address: its base URL.
        secret: of the client; ``@``, ``&`` and such have to be encoded.
        lifetime: of tokens, in seconds.
        given: the tokens that are good, in the order in which they were given.
    """

    def __init__(self) -> None:
        self.secret = f"{secrets.token_urlsafe(9)} @&+ü"
        self.lifetime = 3600
        self.given: dict[str, _Token] = {}
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True, request_handler=_Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def environment(self) -> dict[str, str]:
        """The variables that tell features where it is."""
        return {"APITEST_OAUTH_ADDRESS": self.address, "APITEST_OAUTH_SECRET": self.secret}

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _app(self) -> Flask:
        app = Flask("oauth")
        app.logger.disabled = True
        server = AuthorizationServer(app, query_client=self._client, save_token=self._save)
        server.register_grant(_ClientCredentials)
        server.register_token_generator("default", self._token)
        protected = ResourceProtector()
        protected.register_token_validator(self._validator())
        app.add_url_rule("/token", "token", server.create_token_response, methods=["POST"])

        @app.route("/orders", methods=["GET", "POST"])
        @protected("orders")
        def orders() -> Any:
            return jsonify({"scope": current_token.scope, "body": request.get_data(as_text=True)})

        return app

    def _client(self, client_id: str) -> _Client | None:
        return _Client(self.secret) if client_id == "apitest" else None

    def _token(
        self, grant_type: str, client: _Client, user: object = None, scope: str | None = None, **rest: Any
    ) -> Any:
        return {
            "token_type": "Bearer",
            "access_token": secrets.token_urlsafe(24),
            "expires_in": self.lifetime,
            "scope": client.get_allowed_scope(scope),
        }

    def _save(self, token: dict[str, Any], request: object) -> None:
        self.given[token["access_token"]] = _Token(token["expires_in"], token["scope"])

    def _validator(self) -> BearerTokenValidator:
        given = self.given

        class Validator(BearerTokenValidator):
            def authenticate_token(self, token_string: str) -> _Token | None:
                return given.get(token_string)

        return Validator()
