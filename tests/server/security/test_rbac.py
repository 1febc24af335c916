"""Tests of apitest_server.security.rbac."""

import pytest

from apitest_server.security.rbac import PERMISSIONS, RBAC, ROOT, Grant, methods_of

NUMBERS = {name: number for number, name, _ in PERMISSIONS}


def made() -> RBAC:
    """Clerks are staff; staff may read `s`, clerks create; `key` has clerks."""
    rbac = RBAC()
    rbac.put_role(1, ROOT)
    rbac.put_role(2, 1)
    rbac.put_grant(3, Grant(1, "s", NUMBERS["Read"]))
    rbac.put_grant(4, Grant(2, "s", NUMBERS["Create"]))
    rbac.put_client(5, "key", 2)
    return rbac


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("GET", True),
        ("HEAD", True),
        ("POST", True),
        ("PUT", False),
        ("PATCH", False),
        ("DELETE", False),
        ("OPTIONS", False),
    ],
)
def test_a_role_may_do_what_those_above_it_may(method: str, expected: bool) -> None:
    """Each method needs a permission of its own; one without any is for nobody."""
    rbac = made()
    rbac.put_grant(6, Grant(7, "s", NUMBERS["Delete"]))
    assert rbac.permits("key", "s", method) is expected
    assert not rbac.permits("key", "other", method)
    assert not rbac.permits("other", "s", method)


def test_what_goes_is_no_longer_allowed() -> None:
    """A grant, a role, that a client has it."""
    for number in (3, 1, 5):
        rbac = made()
        assert rbac.permits("key", "s", "GET")
        rbac.drop(number)
        assert not rbac.permits("key", "s", "GET")


def test_a_circle_of_roles_ends() -> None:
    """Two servers may have made one between them."""
    rbac = made()
    rbac.put_role(1, 2)
    assert list(rbac.above(2)) == [2, 1]
    assert list(rbac.above(ROOT)) == []


def test_a_permission_of_ones_own_is_for_its_methods() -> None:
    """As they are now; next to those that are always there."""
    rbac = made()
    rbac.put_grant(6, Grant(1, "s", 8))
    assert not rbac.permits("key", "s", "OPTIONS")
    rbac.put_permission(8, methods_of(" options,Delete ,"))
    assert [rbac.permits("key", "s", method) for method in ("OPTIONS", "DELETE", "GET")] == [True] * 3
    rbac.put_permission(8, methods_of("OPTIONS"))
    assert not rbac.permits("key", "s", "DELETE")
    rbac.drop(8)
    assert not rbac.permits("key", "s", "OPTIONS")
