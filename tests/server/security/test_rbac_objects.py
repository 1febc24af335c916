"""Tests of apitest_server.security.rbac_objects."""

from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.rbac import RBAC
from apitest_server.security.rbac_objects import CLIENT, GRANT, PERMISSION, ROLE, RBACObjects


def test_objects_of_four_kinds_make_a_permission() -> None:
    """As long as all of them are there."""
    rbac = RBAC()
    objects = RBACObjects(rbac, SecurityObjects(Authentication()))
    items = [
        StoredObject(1, ROLE, "r", {"parent_id": 0}),
        StoredObject(2, GRANT, "g", {"role_id": 1, "service_name": "s", "perm_id": 4}),
        StoredObject(4, PERMISSION, "p", {"methods": "GET"}),
        StoredObject(3, CLIENT, "c", {"security_id": 9, "role_id": 1}),
    ]
    for item in items:
        assert not rbac.permits(key_of(9), "s", "GET")
        objects.put(item)
    for item in items:
        assert rbac.permits(key_of(9), "s", "GET")
        objects.remove(item)
        assert not rbac.permits(key_of(9), "s", "GET")
        objects.put(item)
