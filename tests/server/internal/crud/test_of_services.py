"""Tests of apitest_server.internal.crud.of_services."""

import pytest

from apitest_server.errors import InputError
from apitest_server.internal.crud import check_service
from apitest_server.service.attrs import Attrs
from tests.server.asgi import Client


def test_a_service_has_to_be_deployed(untouched: Client) -> None:
    """The error names the field and what is in it."""
    check_service(untouched.app, Attrs(service="zato.ping"))
    with pytest.raises(InputError, match="`hook` is not the name of a deployed service: `zato"):
        check_service(untouched.app, Attrs(hook="zato.pin"), "hook")
