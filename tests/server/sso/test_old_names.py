"""Tests of apitest_server.sso.old_names."""

import importlib

import pytest

from apitest_server.errors import Refused
from apitest_server.sso.codes import USERNAME_EXISTS, refused
from apitest_server.sso.old_names import provide_old_names
from tests.server.asgi import Client


def test_names_that_services_import(untouched: Client) -> None:
    """Once a server has started; a second one changes nothing."""
    sso = importlib.import_module("zato.sso")
    provide_old_names()
    assert importlib.import_module("zato.sso") is sso
    assert sso.status_code.username.exists == USERNAME_EXISTS
    assert (sso.SearchCtx().page_size, sso.SignupCtx().app_list) == (50, [])
    with pytest.raises(importlib.import_module("zato.sso.api").ValidationError) as error:
        raise refused(USERNAME_EXISTS)
    assert isinstance(error.value, Refused)
    assert error.value.sub_status == ["E001002"]
