"""OAuth2: a token endpoint, and a resource that needs its tokens. Tokens are random, in memory, and expire.

Grants: client_credentials (client my-client, secret my-secret) and password (user user, password password; its
username and password, or those of the client, may come in any fields that ?client_id_field= and
?client_secret_field= name). Requests are forms or JSON; client credentials may also come as Basic Auth.
"""

from base64 import b64decode
from hmac import compare_digest
from secrets import token_urlsafe
from time import time

from zato.common.exception import Unauthorized
from zato.server.service import Service

CLIENTS = {"my-client": "my-secret", "user": "password", "demo": "demo"}
USERS = {"user": "password", "demo": "demo"}
SCOPES = ("read", "write", "profile", "email", "openid")
ID_FIELDS = ("client_id", "username", "clientId", "app_id", "user")
SECRET_FIELDS = ("client_secret", "password", "clientSecret", "app_secret", "secret")
LIFETIME = 3600
tokens = {}


class TokenError(Exception):
    """An error of RFC 6749: its code, its text and the status."""

    def __init__(self, code, text, status=400):
        super().__init__(text)
        self.code = code
        self.status = status


class Token(Service):
    """POST /oauth2/token; ?lifetime=seconds for a token that is soon over."""

    name = "oauth2.token"

    def handle_POST(self):
        self.response.headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
        try:
            self.response.payload = self.grant(self.fields())
        except TokenError as error:
            self.response.status_code = error.status
            if error.status == 401:
                self.response.headers["WWW-Authenticate"] = 'Basic realm="apitest"'
            self.response.payload = {"error": error.code, "error_description": str(error)}

    def fields(self):
        payload = self.request.payload
        if not isinstance(payload, dict):
            raise TokenError("invalid_request", "The request is neither a form nor a JSON object")
        return {**payload, **self.basic()}

    def basic(self):
        scheme, _, encoded = self.request.http.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return {}
        try:
            client, _, secret = b64decode(encoded).decode("utf-8").partition(":")
        except ValueError:
            raise TokenError("invalid_client", "The Authorization header cannot be read", 401) from None
        return {"client_id": client, "client_secret": secret}

    def grant(self, fields):
        kind = fields.get("grant_type")
        if kind == "client_credentials":
            user = self.known(fields, CLIENTS, ID_FIELDS, SECRET_FIELDS, ("invalid_client", 401))
        elif kind == "password":
            user = self.known(fields, USERS, ID_FIELDS[1:], SECRET_FIELDS[1:], ("invalid_grant", 400), True)
        elif kind:
            raise TokenError("unsupported_grant_type", f"No such grant type: {kind}")
        else:
            raise TokenError("invalid_request", "The field grant_type is missing")
        scopes = fields.get("scope") or fields.get("scopes") or ""
        scopes = scopes.replace(",", " ").split() if isinstance(scopes, str) else list(scopes)
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown:
            raise TokenError("invalid_scope", f"No such scope: {' '.join(map(str, unknown))}")
        return self.issue(user, scopes, kind)

    def known(self, fields, accounts, id_fields, secret_fields, error, fall_back=False):
        query = self.request.http.GET
        ids = [query.get("client_id_field"), *id_fields, *(ID_FIELDS if fall_back else ())]
        secrets = [query.get("client_secret_field"), *secret_fields, *(SECRET_FIELDS if fall_back else ())]
        user = next((str(fields[name]) for name in ids if name and fields.get(name)), "")
        secret = next((str(fields[name]) for name in secrets if name and fields.get(name)), "")
        if not compare_digest(secret.encode(), accounts.get(user, "").encode()) or not secret:
            raise TokenError(error[0], "Unknown client, or wrong secret", error[1])
        return user

    def issue(self, user, scopes, kind):
        text = self.request.http.GET.get("lifetime", "")
        lifetime = int(text) if text.isdecimal() else LIFETIME
        now = time()
        for old in [token for token, about in tokens.items() if about["expires"] < now]:
            del tokens[old]
        token = token_urlsafe(32)
        tokens[token] = {"user": user, "scopes": scopes, "grant_type": kind, "expires": now + lifetime}
        return {"access_token": token, "token_type": "Bearer", "expires_in": lifetime, "scope": " ".join(scopes)}


class UserInfo(Service):
    """GET /oauth2/userinfo with a bearer token of the endpoint above."""

    name = "oauth2.userinfo"

    def handle(self):
        scheme, _, token = self.request.http.headers.get("authorization", "").partition(" ")
        about = tokens.get(token.strip()) if scheme.lower() == "bearer" else None
        if about is None or about["expires"] <= time():
            error = ', error="invalid_token"' if token else ""
            raise Unauthorized("", {"WWW-Authenticate": f'Bearer realm="apitest"{error}'})
        self.response.payload = {
            "sub": about["user"],
            "scope": " ".join(about["scopes"]),
            "scopes": about["scopes"],
            "grant_type": about["grant_type"],
        }
