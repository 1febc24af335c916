"""Tests of apitest_server.security.certificate_objects."""

from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.certificate_objects import ClientCertificateObjects
from apitest_server.security.client_certificate import with_certificate
from apitest_server.security.objects import SecurityObjects

HEADERS = with_certificate({}, (("CN", "shop"),))


def test_a_definition_takes_effect_at_once() -> None:
    """Another pattern, one that is not active, and its end."""
    authentication = Authentication()
    objects = ClientCertificateObjects(SecurityObjects(authentication))

    def user(**fields: object) -> object:
        objects.put(StoredObject(7, "security.tls.channel", "a", fields))
        checks = authentication.checker(key_of(7))
        return checks and checks.check(HEADERS)

    assert user(value="CN=shop") == "shop"
    assert user(value="CN=crm") is None
    assert user(value="CN=*", is_active=False) is None
    assert user(value="CN=*") == "shop"
    objects.remove(StoredObject(7, "security.tls.channel", "a", {}))
    assert authentication.checker(key_of(7)) is None
    authentication.close()
