"""Tests of apitest_server.service.names."""

import pytest

from apitest_server.service.names import service_name


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
