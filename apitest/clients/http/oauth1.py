"""Signs requests as OAuth 1.0a has it, RFC 5849: method, URL and forms, with a consumer's secret."""

from typing import TYPE_CHECKING, NamedTuple

from apitest.context import FeatureContext
from apitest.errors import BadValue
from apitest.language.literals import utf8

if TYPE_CHECKING:
    from apitest.clients.http.message import Outgoing

METHODS = ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT")
_FORM = "application/x-www-form-urlencoded"


class OAuth1(NamedTuple):
    """A consumer, who signs each request anew.

    Attributes:
        key: the consumer key.
        secret: what is signed with.
        method: one of ``METHODS``.
    """

    key: str
    secret: str
    method: str = METHODS[0]

    def __repr__(self) -> str:
        return f"OAuth1({self.key!r}, …)"

    def apply(self, request: "Outgoing") -> None:
        """Sets the Authorization header.

        Raises:
            BadValue: the URL cannot be signed.
        """
        from oauthlib.oauth1 import Client  # here, since most runs do without

        content_type = request.headers.text("Content-Type").partition(";")[0].strip().lower()
        is_form = content_type == _FORM and request.body is not None
        form = (request.body or b"").decode("utf-8", "replace") if is_form else None
        about = {"Content-Type": _FORM} if is_form else {}
        client = Client(self.key, self.secret, signature_method=self.method)
        try:
            _, headers, _ = client.sign(request.url, request.method, form, about)
        except ValueError as error:
            raise BadValue(f"OAuth 1.0 cannot sign the request to {request.url}: {error}") from None
        request.headers["Authorization"] = headers["Authorization"]


def use(zato: FeatureContext, key: object, secret: object, method: object = METHODS[0]) -> None:
    """The following requests are signed.

    Raises:
        BadValue: the method is not known.
    """
    if str(method).upper() not in METHODS:
        raise BadValue(f'"{method}" is not a signature method of OAuth 1.0', fix=f"Use one of {', '.join(METHODS)}")
    for text in (key, secret):
        utf8(str(text), "The consumer key or secret")
    auth = OAuth1(str(key), str(secret), str(method).upper())
    zato.authenticate(auth, auth.secret)
