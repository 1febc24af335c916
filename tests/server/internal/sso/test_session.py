"""Tests of apitest_server.internal.sso.session."""

from pathlib import Path

from tests.server.sso.place import sso


def test_administrators_of_the_server_see_all_sessions(tmp_path: Path) -> None:
    """Without one of their own."""
    with sso(tmp_path) as (rest, boss):
        call = rest.client.result
        assert call("zato.sso.session.verify", {"target_ust": boss.ust}) == {"is_valid": True}
        assert call("zato.sso.session.get", {"target_ust": boss.ust})["remote_addr"] == "127.0.0.1"
        assert len(call("zato.sso.session.get-list", {"target_ust": boss.ust})["result"]) == 1
        number = boss.good("GET", "user")["user_id"]
        assert len(call("zato.sso.session.get-list", {"user_id": number})["result"]) == 1
        assert rest.client.refused("zato.sso.session.get-list", {"user_id": "x"})[1] == "There is no user with this ID"
        assert call("zato.sso.session.renew", {"target_ust": boss.ust})["expiration_time"]
        assert rest.client.refused("zato.sso.session.get", {"target_ust": "x"}) == (400, "There is no such session")
