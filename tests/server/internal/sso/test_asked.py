"""Tests of apitest_server.internal.sso._asked."""

from pathlib import Path

import pytest

from apitest_server.errors import Refused
from apitest_server.service.messages import Channel
from tests.server.sso.place import PASSWORD, sso


def test_where_a_caller_is(tmp_path: Path) -> None:
    """The address and the program are those of the request, whatever its fields say."""
    with sso(tmp_path) as (rest, boss):
        fields = f'{{"username": "boss", "password": "{PASSWORD}", "remote_addr": "1.2.3.4"}}'
        headers = {"User-Agent": "Firefox 139.0"}
        ust = rest.client.request("POST", "/zato/sso/user/login", headers, fields.encode()).json()["ust"]
        found = boss.good("GET", "user/session", target_ust=ust)
        assert (found["remote_addr"], found["user_agent"]) == ("127.0.0.1", "Firefox 139.0")


def test_administrators_come_through_web_admin_too(tmp_path: Path) -> None:
    """Nobody else is taken for one: not who calls over REST, nor a service that is invoked."""
    with sso(tmp_path) as (rest, _):
        call, run = rest.client.app.invoker.call, rest.client.runner.run
        found = run(call("zato.sso.user.search", {}, Channel("web-admin", "admin", "admin")))
        assert found["total"] == 1
        for kind in ("rest", "invoke", "invoke-async", "wsx"):
            with pytest.raises(Refused):
                run(call("zato.sso.user.search", {}, Channel("web-admin", kind, "admin")))
