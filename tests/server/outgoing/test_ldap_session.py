"""Tests of apitest_server.outgoing.ldap_session, against slapd; tests.server.outgoing.test_ldap has what it is for."""

import ssl
from collections.abc import Iterator

import pytest

from apitest_server.errors import ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.ldap_session import Login, Refused, Session
from apitest_server.outgoing.places import Place
from apitest_server.service.attrs import Attrs
from tests.ports import free_port
from tests.services.slapd import Slapd

pytestmark = pytest.mark.ldap


def opened(server: Slapd, password: str = "", port: int = 0, **fields: object) -> Session:
    login = Login(server.admin, password or server.password)
    place = Place("ldap", server.host, port or server.port)
    return Session("staff", Attrs({"timeout": 30, **fields}), place, ssl.create_default_context(), login)


@pytest.fixture
def session(slapd: Slapd) -> Iterator[Session]:
    made = opened(slapd)
    yield made
    made.close()


def test_a_session_lives_until_it_is_closed(session: Session) -> None:
    """It is asked, and closing it twice does no harm."""
    assert session.is_alive()
    session.close()
    session.close()
    assert not session.is_alive()


def test_a_session_that_the_server_has_lost_is_dead(session: Session, slapd: Slapd) -> None:
    """Though nobody has closed it here; the password is in nothing that is told."""
    slapd.kill()
    assert not session.is_alive()
    with pytest.raises(
        ServiceUnavailable, match=rf"cannot be reached at 127\.0\.0\.1:{slapd.port}: Connection refused"
    ):
        opened(slapd)
    slapd.start()


def test_who_is_not_let_in_is_told_apart_from_a_server_that_is_away(slapd: Slapd) -> None:
    """Another server of the list may be there instead, but would not let them in either."""
    with pytest.raises(Refused, match=r"`staff` refuses to log in at .*: invalidCredentials"):
        opened(slapd, "not-this-one")
    with pytest.raises(ServiceUnavailable) as caught:
        opened(slapd, port=free_port())
    assert not isinstance(caught.value, Refused)


def test_a_host_without_address_is_told(slapd: Slapd) -> None:
    """In words."""
    place = Place("ldap", "none.invalid", 389)
    with pytest.raises(
        ServiceUnavailable, match=r"`staff` cannot be reached at none\.invalid:389: invalid server address"
    ):
        Session("staff", Attrs(), place, ssl.create_default_context(), Login("", ""))


def test_a_name_without_password_is_not_let_in(slapd: Slapd) -> None:
    """Servers would take it for nobody in particular, and say that all is well."""
    place = Place("ldap", slapd.host, slapd.port)
    with pytest.raises(Refused, match="password is mandatory"):
        Session("staff", Attrs(), place, ssl.create_default_context(), Login(slapd.admin, ""))


def test_a_silent_server_ends_a_session(session: Session, slapd: Slapd) -> None:
    """What it would answer later must not be taken for the answer to something else."""
    session.connection.socket.settimeout(0.1)
    slapd.pause(True)
    try:
        with pytest.raises(ServiceTimeout), session.asked("to be there"):
            session.look()
    finally:
        slapd.pause(False)
    assert not session.is_alive()
