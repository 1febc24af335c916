"""OAuth definitions in the running server: those without an authorization server know callers by their signatures."""

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.oauth1 import METHODS, Consumer, OAuth1
from apitest_server.security.objects import SecurityObjects


class OAuthObjects(Each):
    """Makes definitions effective."""

    def __init__(self, security: SecurityObjects) -> None:
        self._security = security

    def put(self, item: StoredObject) -> None:
        """The next request is checked against it, or sent with it."""
        get, authentication = item.fields.get, self._security.authentication
        if get("auth_server_url"):
            self._security.put(item)
            return
        consumer = Consumer(item.name, get("username", ""), item.secret("password"), get("sig_method", METHODS[0]))
        self._security.put(item, OAuth1(consumer, authentication.nonces, authentication.now))

    def remove(self, item: StoredObject) -> None:
        """Refuses everybody."""
        self._security.remove(item)
