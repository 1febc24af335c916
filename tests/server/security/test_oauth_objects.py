"""Tests of apitest_server.security.oauth_objects."""

from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.oauth1 import OAuth1
from apitest_server.security.oauth_objects import OAuthObjects
from apitest_server.security.objects import SecurityObjects


def test_callers_are_known_by_definitions_without_an_authorization_server() -> None:
    """Those with one have nothing to check; what is deleted or not active refuses everybody."""
    authentication = Authentication()
    objects = OAuthObjects(SecurityObjects(authentication))
    about = {"username": "key", "sig_method": "PLAINTEXT"}
    signed = StoredObject(1, "security.oauth", "a", about, {"password": "secret"})
    objects.put(signed)
    checks = authentication.checker(key_of(1))
    assert isinstance(checks, OAuth1)
    assert checks.consumer == ("a", "key", "secret", "PLAINTEXT", "apitest")
    objects.put(StoredObject(1, "security.oauth", "a", {**about, "auth_server_url": "https://example.com/token"}))
    assert authentication.checker(key_of(1)) is None
    objects.put(signed)
    objects.put(StoredObject(1, "security.oauth", "a", {**about, "is_active": False}))
    assert authentication.checker(key_of(1)) is None
    objects.put(signed)
    objects.remove(signed)
    assert authentication.checker(key_of(1)) is None
