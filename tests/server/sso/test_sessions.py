"""Tests of apitest_server.sso.sessions."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.sso.place import PASSWORD, Rest, sso

NOT_ALLOWED = ["E005001"]


def later(client: Client, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock goes on."""
    authentication = client.app.authentication
    now = authentication.now
    monkeypatch.setattr(authentication, "now", lambda: now() + seconds)


def test_super_users_verify_sessions(tmp_path: Path) -> None:
    """Others may not ask, not even about their own."""
    with sso(tmp_path) as (rest, boss):
        rest.user("maria")
        maria = rest.log_in("maria")
        for token, expected in ((maria.ust, True), ("nothing", False), ("", False), ("x" * 5000, False)):
            assert boss.good("POST", "user/session", target_ust=token)["is_valid"] is expected
        assert maria.codes("POST", "user/session", target_ust=maria.ust) == NOT_ALLOWED
        assert rest.codes("POST", "user/session", target_ust=maria.ust) == NOT_ALLOWED


def test_a_session_is_known_by_any_name_of_its_token(tmp_path: Path) -> None:
    """As different clients call it."""
    with sso(tmp_path) as (rest, boss):
        for name in ("ust", "current_ust", "current_token"):
            assert rest.good("GET", "user", **{name: boss.ust})["username"] == "boss"


def test_tokens_are_not_stored(tmp_path: Path) -> None:
    """Neither in the database nor in the log."""
    with sso(tmp_path) as (_, boss):
        boss.good("GET", "user")
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert [secret in content for secret in (boss.ust.encode(), PASSWORD.encode(), b"boss")] == [False, False, True]


def test_what_is_known_of_a_session(tmp_path: Path) -> None:
    """Where, when and with what it was opened, to super-users; the list also what became of it."""
    with sso(tmp_path) as (rest, boss):
        rest.user("maria")
        maria = rest.log_in("maria")
        found = boss.good("GET", "user/session", target_ust=maria.ust)
        assert found["remote_addr"] == "127.0.0.1"
        assert found["creation_time"] < found["expiration_time"]
        assert boss.codes("GET", "user/session", target_ust="nothing") == ["E007001"]
        assert maria.codes("GET", "user/session", target_ust=maria.ust) == NOT_ALLOWED


def test_users_list_their_sessions(tmp_path: Path) -> None:
    """The newest first; super-users those of others, by one of them."""
    with sso(tmp_path) as (rest, boss):
        rest.user("maria")
        first, second = rest.log_in("maria"), Rest(rest.client, "ERP").log_in("maria")
        own = second.good("GET", "user/session/list")["result"]
        assert [row["session_state_change_list"][0]["app"] for row in own] == ["ERP", "CRM"]
        assert boss.good("GET", "user/session/list", target_ust=first.ust)["result"] == own
        assert first.codes("GET", "user/session/list", target_ust=second.ust) == NOT_ALLOWED
        assert boss.codes("GET", "user/session/list", target_ust="nothing") == ["E007001"]
        assert rest.client.refused("zato.sso.session.get-list") == (400, "There is no such session")


def test_a_session_ends_unless_it_is_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many minutes as server.conf says."""
    with sso(tmp_path, "session_expiry = 10") as (rest, boss):
        rest.user("maria")
        maria, other = rest.log_in("maria"), rest.log_in("maria")
        later(rest.client, 500, monkeypatch)
        expires = maria.good("PATCH", "user/session")["expiration_time"]
        assert expires == boss.good("GET", "user/session", target_ust=maria.ust)["expiration_time"]
        boss.good("PATCH", "user/session", target_ust=boss.ust)
        later(rest.client, 200, monkeypatch)
        assert maria.good("GET", "user")["username"] == "maria"
        assert other.codes("GET", "user") == NOT_ALLOWED
        [left] = maria.good("GET", "user/session/list")["result"]
        assert [change["ctx_source"] for change in left["session_state_change_list"]] == ["login", "renew"]


def test_nobody_renews_for_others(tmp_path: Path) -> None:
    """Super-users do."""
    with sso(tmp_path) as (rest, boss):
        rest.user("maria")
        first, second = rest.log_in("maria"), rest.log_in("maria")
        assert first.codes("PATCH", "user/session", target_ust=second.ust) == NOT_ALLOWED
        boss.good("PATCH", "user/session", target_ust=second.ust)
        assert boss.codes("PATCH", "user/session", target_ust="nothing") == ["E007001"]


def test_who_has_signed_out_is_out(tmp_path: Path) -> None:
    """Other sessions go on."""
    with sso(tmp_path) as (rest, _):
        rest.user("maria")
        first, second = rest.log_in("maria"), rest.log_in("maria")
        first.good("POST", "user/logout")
        assert first.codes("POST", "user/logout") == NOT_ALLOWED
        assert second.good("GET", "user")["username"] == "maria"
        assert rest.client.refused("zato.sso.user.logout") == (400, "There is no such session")


def test_the_oldest_session_makes_room(tmp_path: Path) -> None:
    """Of more than server.conf allows."""
    with sso(tmp_path, "max_sessions = 2") as (rest, _):
        rest.user("maria")
        clients = [rest.log_in("maria") for _ in range(3)]
        assert [client.call("GET", "user").status for client in clients] == [403, 200, 200]


def test_applications_that_may_call(tmp_path: Path) -> None:
    """Those of server.conf, where it names some; an administrator of the server needs none."""
    with sso(tmp_path, "apps = CRM, ERP") as (rest, boss):
        boss.app = "ERP"
        assert boss.good("GET", "user")["username"] == "boss"
        boss.app = "Shop"
        assert boss.codes("GET", "user") == ["E004001"]
        stranger = Rest(rest.client, "")
        assert stranger.codes("POST", "user/login", username="boss", password=PASSWORD) == ["E004001"]


def test_sessions_count_on_all_servers_of_the_odb(tmp_path: Path) -> None:
    """And after a restart."""
    with sso(tmp_path) as (_, boss):
        pass
    with served(tmp_path, "[sso]\n") as client:
        again = Rest(client)
        again.ust = boss.ust
        assert again.good("GET", "user")["username"] == "boss"
