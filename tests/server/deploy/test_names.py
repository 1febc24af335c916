"""Tests of apitest_server.deploy.names."""

import pytest

from apitest_server.deploy.names import service_id, service_name


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("my_module", "MyService", "my-module.my-service"),
        ("package.crm", "GetHTTPStatus2", "crm.get-http-status2"),
        ("a", "_Hidden", "a.hidden"),
    ],
)
def test_a_name_is_made_of_module_and_class(module: str, name: str, expected: str) -> None:
    """Words are separated by dashes, module and class by a dot."""
    assert service_name(module, name) == expected


def test_a_name_has_a_number() -> None:
    """The same wherever it is asked for, and one that JSON readers with doubles only keep exact."""
    assert service_id("zato.ping") == 108455594058143
    assert service_id("zato.ping") != service_id("zato.pinG")
    assert all(0 < service_id(f"service-{number}") < 2**53 for number in range(100))
