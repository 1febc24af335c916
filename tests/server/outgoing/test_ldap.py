"""Tests of apitest_server.outgoing.ldap, against slapd."""

import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from apitest_server.errors import (
    BadRequest,
    Conflict,
    HTTPError,
    NotFound,
    RemoteError,
    ServiceTimeout,
    ServiceUnavailable,
)
from apitest_server.odb import StoredObject
from apitest_server.outgoing import ldap_session
from apitest_server.outgoing.ldap import LDAPConnection
from tests.ports import free_port
from tests.server.outgoing.directories import directory
from tests.services.slapd import Slapd

pytestmark = pytest.mark.ldap


def test_entries_are_used(staff: LDAPConnection, slapd: Slapd) -> None:
    """They are added, found, changed, compared and deleted."""
    dn = f"uid=adam,{slapd.base}"
    staff.add(dn, "inetOrgPerson", {"cn": "Adam", "sn": "Lis", "mail": ["adam@example.com", "a@example.com"]})
    [found] = staff.search(slapd.base, "(sn=Lis)")
    assert (found.dn, sorted(found.attributes.mail)) == (dn, ["a@example.com", "adam@example.com"])
    staff.modify(dn, {"mail": "lis@example.com", "cn": ["Adam", "Adam Lis"], "description": "Zażółć"})
    [found] = staff.search(slapd.base, "(mail=lis@*)", attributes=["cn", "description"])
    assert dict(found.attributes) == {"cn": ["Adam", "Adam Lis"], "description": ["Zażółć"]}
    assert [staff.compare(dn, "mail", value) for value in ("lis@example.com", "adam@example.com")] == [True, False]
    staff.modify(dn, {"mail": []})
    assert staff.search(slapd.base, "(&(sn=Lis)(mail=*))") == []
    staff.delete(dn)
    assert staff.search(slapd.base, "(sn=Lis)") == []
    assert staff.conn is staff


def test_a_search_may_be_narrowed(staff: LDAPConnection, slapd: Slapd) -> None:
    """To an entry, what is just below it, some attributes, some entries."""
    names = [{row.dn for row in staff.search(slapd.base, scope=scope)} for scope in ("BASE", "LEVEL", "SUBTREE")]
    people = {slapd.user, f"uid=jan,{slapd.base}"}
    assert names == [{slapd.base}, people, {slapd.base, *people}]
    assert len(staff.search(slapd.base, limit=1)) == 1
    [found] = staff.search(slapd.base, "(uid=anna)", attributes="sn")
    assert dict(found.attributes) == {"sn": ["Kowalska"]}


def test_all_entries_are_found_or_it_is_told(slapd: Slapd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked for in pages, since the server gives out a hundred at once; Jan gets sixty, and is told so."""
    monkeypatch.setattr(ldap_session, "PAGE", 50)
    below = f"o=many,{slapd.base}"
    staff, anna, jan = (
        directory(slapd, tmp_path, password, username=user)
        for user, password in (
            (slapd.admin, ""),
            (slapd.user, slapd.user_password),
            (f"uid=jan,{slapd.base}", slapd.user_password),
        )
    )
    with ExitStack() as stack:
        for connection in (staff, anna, jan):
            stack.callback(connection.close)
        staff.add(below, "organization")
        for number in range(120):
            staff.add(f"cn={number},{below}", "device")
        assert len(anna.search(below, scope="LEVEL", attributes="cn")) == 120
        with pytest.raises(RemoteError, match="`staff` does not return all entries: sizeLimitExceeded"):
            jan.search(below)
        assert len(jan.search(below, limit=2)) == 2
        for number in range(120):
            staff.delete(f"cn={number},{below}")
        staff.delete(below)


def test_the_driver_is_there_for_all_else(staff: LDAPConnection, slapd: Slapd) -> None:
    """Refusals are in its result then, as it has them; afterwards they are errors again."""
    with staff.client() as client:
        assert client.search(slapd.base, "(uid=anna)", attributes=["mail"])
        assert client.entries[0].mail.value == "anna@example.com"
        assert not client.search("dc=none", "(uid=anna)")
        assert client.result["description"] == "noSuchObject"
    with pytest.raises(NotFound):
        staff.search("dc=none")
    words = "`staff` cannot be asked to do what the service wants: invalid filter"
    with pytest.raises(BadRequest, match=words), staff.get() as client:
        client.search(slapd.base, "(")


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (
            lambda staff, base: staff.delete(f"uid=none,{base}"),
            NotFound,
            "to delete `uid=none,{base}`: there is no such",
        ),
        (
            lambda staff, base: staff.add(base, "domain", {"dc": "example"}),
            Conflict,
            "`{base}`: there is such an entry",
        ),
        (lambda staff, base: staff.delete(base), RemoteError, "to delete `{base}`: notAllowedOnNonLeaf"),
        (lambda staff, base: staff.modify(base, {"x y": "1"}), RemoteError, "`{base}`: undefinedAttributeType"),
        (lambda staff, base: staff.search(base, scope="ALL"), BadRequest, "to search `{base}`: invalid scope"),
    ],
)
def test_what_is_refused_is_told(
    staff: LDAPConnection, slapd: Slapd, act: Callable[[Any, str], object], error: type[HTTPError], words: str
) -> None:
    """In the server's words; the session goes on."""
    with pytest.raises(error) as caught:
        act(staff, slapd.base)
    assert words.format(base=slapd.base) in caught.value.details
    assert staff.ping() == f"127.0.0.1:{slapd.port}"


def test_credentials_of_others_are_checked(staff: LDAPConnection, slapd: Slapd) -> None:
    """A login without a password, which servers take for a good one of nobody, is none."""
    assert staff.check_credentials(slapd.user, slapd.user_password)
    for user, password in ((slapd.user, "wrong"), (slapd.user, ""), ("", ""), (f"uid=none,{slapd.base}", "wrong")):
        assert not staff.check_credentials(user, password)


@pytest.mark.parametrize("secure", [{"auto_bind": "TLS_BEFORE_BIND"}, {"is_tls_enabled": True}])
def test_tls_is_spoken(slapd: Slapd, tmp_path: Path, secure: dict[str, object]) -> None:
    """From the start or before the login; a server whose certificate is not trusted is not told any password."""
    port = slapd.tls_port if "is_tls_enabled" in secure else slapd.port
    for fields in ({}, {"ca_certs": "", "validate_tls": False}):
        staff = directory(slapd, tmp_path, server_list=f"127.0.0.1:{port}", **secure, **fields)
        with staff.client() as client:
            assert client.socket.version().startswith("TLS")
        staff.close()
    stranger = directory(slapd, tmp_path, server_list=f"127.0.0.1:{port}", ca_certs="", **secure)
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached at .*certificate verify failed"):
        stranger.ping()


def test_a_certificate_may_say_who_it_is(slapd: Slapd, tmp_path: Path) -> None:
    """SASL EXTERNAL: no password is needed."""
    certificate = {"tls_cert_file": str(slapd.client), "tls_private_key_file": str(slapd.client_key)}
    servers = f"ldaps://127.0.0.1:{slapd.tls_port}"
    anna = directory(slapd, tmp_path, server_list=servers, auth_type="SASL", username="", **certificate)
    with anna.client() as client:
        assert client.extend.standard.who_am_i() == f"dn:{slapd.user}"
    anna.close()
    with pytest.raises(BadRequest, match="`tls_cert_file` names a file that cannot be used: No such file"):
        directory(slapd, tmp_path, tls_cert_file="none.pem")


def test_nobody_in_particular_may_see_less(slapd: Slapd, tmp_path: Path) -> None:
    """Without a user name."""
    nobody = directory(slapd, tmp_path, username="")
    assert nobody.ping()
    with pytest.raises(NotFound):
        nobody.search(slapd.base)
    nobody.close()


def test_what_may_only_be_read_is_not_changed(slapd: Slapd, tmp_path: Path) -> None:
    """The server is not even asked."""
    reader = directory(slapd, tmp_path, is_read_only=True)
    with pytest.raises(BadRequest, match="connection is read-only"):
        reader.delete(slapd.user)
    assert reader.search(slapd.user)
    reader.close()


def test_a_wrong_password_is_told(slapd: Slapd, tmp_path: Path) -> None:
    """It is not in what is told, and another server of the list is not asked."""
    staff = directory(slapd, tmp_path, "not-this-one", server_list=f"127.0.0.1:{slapd.port}\n127.0.0.1:1")
    with pytest.raises(ServiceUnavailable) as caught:
        staff.ping()
    assert caught.value.details == f"`staff` refuses to log in at 127.0.0.1:{slapd.port}: invalidCredentials"


@pytest.mark.parametrize("strategy", ["FIRST", "ROUND_ROBIN", "RANDOM"])
def test_a_server_that_is_away_is_passed_over(slapd: Slapd, tmp_path: Path, strategy: str) -> None:
    """Wherever in the list it is; where all are away, the last one is told."""
    away, here = f"127.0.0.1:{free_port()}", f"127.0.0.1:{slapd.port}"
    for servers in (f"{away}\n{here}", f"{here}\n{away}"):
        staff = directory(slapd, tmp_path, server_list=servers, pool_ha_strategy=strategy, pool_size=1)
        with staff.client(), staff.client():  # Two sessions, each with a server of its own choice
            assert staff.ping() == here
        staff.close()
    with pytest.raises(ServiceUnavailable, match=f"`staff` cannot be reached at {away}: Connection refused"):
        directory(slapd, tmp_path, server_list=away).ping()


def test_a_restart_is_survived(staff: LDAPConnection, slapd: Slapd, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody has to do anything, entries are still there, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    staff.ping()
    slapd.kill()
    for _ in range(2):
        with pytest.raises(ServiceUnavailable, match=r"cannot be reached at .*: Connection refused"):
            staff.ping()
    slapd.start()
    for _ in range(2):
        assert staff.search(slapd.base, "(uid=anna)")
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert ["cannot be used until further notice" in told[0], told[1]] == [
        True,
        "LDAP connection `staff` is connected again",
    ]
    assert len(told) == 2


def test_a_server_that_is_lost_in_the_middle_is_told(slapd: Slapd, staff: LDAPConnection) -> None:
    """The session is not used again."""
    with pytest.raises(ServiceUnavailable, match="`staff` was lost when it was asked"), staff.client() as client:
        slapd.kill()
        client.search(slapd.base, "(uid=anna)")
    slapd.start()
    assert staff.ping()


def test_a_server_that_falls_silent_is_waited_for_so_long(slapd: Slapd, tmp_path: Path) -> None:
    """Then that is told; once it speaks, it is used again."""
    staff = directory(slapd, tmp_path, timeout=1)
    with (
        pytest.raises(ServiceTimeout, match="`staff` did not answer in time when it was asked"),
        staff.client() as client,
    ):
        slapd.pause(True)
        try:
            client.search(slapd.base, "(uid=anna)")
        finally:
            slapd.pause(False)
    staff.close()


def test_a_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the command that installs it, and only where it is needed."""
    monkeypatch.setitem(sys.modules, "apitest_server.outgoing.ldap_session", None)
    staff = LDAPConnection(StoredObject(1, "outgoing.ldap", "staff", {"server_list": "h"}), tmp_path)
    for act in (staff.ping, lambda: staff.check_credentials("u", "p")):
        with pytest.raises(ServiceUnavailable, match=r"install it with: pip install apitest\[ldap\]"):
            act()
