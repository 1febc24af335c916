"""Sentences for authentication."""

from apitest.clients.http import auth as http_auth
from apitest.clients.http import oauth1, oauth2
from apitest.clients.http.auth import BearerToken
from apitest.clients.http.oauth2 import OAuth2Details
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.registry import given, then


@given('Basic Auth "{username}" "{password}"', since="1.0")
def basic_auth(ctx: StepContext, username: object, password: object) -> None:
    """Sends a user name and a password with Basic Auth.

    Example:
        Basic Auth "maria" "$PASSWORD"
    """
    http_auth.use_basic(ctx.zato, username, password)


@given('Digest Auth "{username}" "{password}"')
def digest_auth(ctx: StepContext, username: object, password: object) -> None:
    """Authenticates with a user name and a password through Digest Auth.

    Example:
        Digest Auth "maria" "$PASSWORD"
    """
    http_auth.use_digest(ctx.zato, username, password)


@given('bearer token "{token}"', 'OAuth2 bearer token "{token}"', since="24.10.1")
def bearer_token(ctx: StepContext, token: object) -> None:
    """Sends a bearer token in the Authorization header.

    Example:
        bearer token "#token"
    """
    http_auth.use_bearer(ctx.zato, token)


@given('API key "{key}" in header "{header}"')
def api_key_in_header(ctx: StepContext, key: object, header: str) -> None:
    """Sends an API key in a header.

    Example:
        API key "$API_KEY" in header "X-API-Key"
    """
    http_auth.use_key(ctx.zato, key, header=header)


@given('API key "{key}" in query parameter "{name}"')
def api_key_in_query(ctx: StepContext, key: object, name: str) -> None:
    """Sends an API key as a parameter of the URL.

    Example:
        API key "$API_KEY" in query parameter "api_key"
    """
    http_auth.use_key(ctx.zato, key, parameter=name)


@given("requests are not authenticated")
def no_auth(ctx: StepContext) -> None:
    """Sends further requests without the password, token or API key of an earlier step.

    Example:
        requests are not authenticated
    """
    http_auth.use_nothing(ctx.zato)


@given('OAuth1 credentials "{key}" "{secret}"')
def oauth1_credentials(ctx: StepContext, key: object, secret: object) -> None:
    """Signs each request with a consumer's key and secret, as OAuth 1.0 has it, by HMAC-SHA1.

    Example:
        OAuth1 credentials "my-key" "$CONSUMER_SECRET"
    """
    oauth1.use(ctx.zato, key, secret)


@given('OAuth1 credentials "{key}" "{secret}" with "{method}"')
def oauth1_credentials_with(ctx: StepContext, key: object, secret: object, method: object) -> None:
    """Signs each request with HMAC-SHA1, HMAC-SHA256, HMAC-SHA512 or PLAINTEXT, as OAuth 1.0 has it.

    Example:
        OAuth1 credentials "my-key" "$CONSUMER_SECRET" with "HMAC-SHA256"
    """
    oauth1.use(ctx.zato, key, secret, method)


@given('OAuth2 endpoint "{address}"', since="24.10.1")
def oauth2_endpoint(ctx: StepContext, address: object) -> None:
    """Sets the address that gives OAuth2 tokens.

    Example:
        OAuth2 endpoint "http://localhost:8080/oauth2/token"
    """
    ctx.zato.change(OAuth2Details, endpoint=str(address))


@given('OAuth2 credentials "{username}" "{password}"', since="24.10.1")
def oauth2_credentials(ctx: StepContext, username: object, password: object) -> None:
    """Sets the client ID and the client secret for the token request.

    Example:
        OAuth2 credentials "my-client" "$CLIENT_SECRET"
    """
    ctx.zato.run.secrets.add(str(password))
    ctx.zato.change(OAuth2Details, username=str(username), password=str(password))


@given('OAuth2 scopes "{scopes}"', since="24.10.1")
def oauth2_scopes(ctx: StepContext, scopes: object) -> None:
    """Sets the scopes of the token, with commas or spaces between them.

    Example:
        OAuth2 scopes "orders:read, orders:write"
    """
    ctx.zato.change(OAuth2Details, scopes=oauth2.scopes(scopes))


@given('OAuth2 grant type "{grant_type}"', since="24.10.1")
def oauth2_grant_type(ctx: StepContext, grant_type: object) -> None:
    """Sets the grant type; client_credentials by default.

    Example:
        OAuth2 grant type "password"
    """
    ctx.zato.change(OAuth2Details, grant_type=str(grant_type))


@given('OAuth2 extra fields "{extra_fields}"', since="24.10.1")
def oauth2_extra_fields(ctx: StepContext, extra_fields: object) -> None:
    """Sends more fields to the OAuth2 endpoint, given like "a=1, b=2", like "a=1&b=2" or as JSON.

    Example:
        OAuth2 extra fields "audience=my-api, resource=orders"
    """
    ctx.zato.change(OAuth2Details, extra_fields=oauth2.extra_fields(extra_fields))


@given('OAuth2 client ID field "{client_id_field}"', since="24.10.1")
def oauth2_client_id_field(ctx: StepContext, client_id_field: object) -> None:
    """Names the field with the client ID; client_id by default.

    Example:
        OAuth2 client ID field "app_id"
    """
    ctx.zato.change(OAuth2Details, client_id_field=str(client_id_field))


@given('OAuth2 client secret field "{client_secret_field}"', since="24.10.1")
def oauth2_client_secret_field(ctx: StepContext, client_secret_field: object) -> None:
    """Names the field with the client secret; client_secret by default.

    Example:
        OAuth2 client secret field "app_secret"
    """
    ctx.zato.change(OAuth2Details, client_secret_field=str(client_secret_field))


@given('OAuth2 request format "{request_format}"', since="24.10.1")
def oauth2_request_format(ctx: StepContext, request_format: str) -> None:
    """Sets the format of the token request, FORM or JSON; FORM by default.

    Example:
        OAuth2 request format "JSON"
    """
    name = str(request_format).strip().upper()
    if name not in oauth2.FORMATS:
        raise BadValue(f'An OAuth2 request cannot have the format "{request_format}"', fix="Write FORM or JSON")
    ctx.zato.change(OAuth2Details, request_format=name)


@given('I store an OAuth2 bearer token under "{name}"', since="24.10.1")
def store_oauth2_token(ctx: StepContext, name: str) -> None:
    """Fetches a token from the OAuth2 endpoint, stores it, and sends it with the following requests.

    Example:
        I store an OAuth2 bearer token under "token"
    """
    ctx.zato.user_ctx[name] = oauth2.fetch(ctx.zato)


@then("OAuth2 context is cleaned up", since="24.10.1")
def clean_up_oauth2(ctx: StepContext) -> None:
    """Forgets the OAuth2 details, and the token that requests carried.

    Example:
        OAuth2 context is cleaned up
    """
    ctx.zato.restore(OAuth2Details)
    if isinstance(ctx.zato.sign_in, BearerToken):
        ctx.zato.authenticate(None)
