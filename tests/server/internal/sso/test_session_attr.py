"""Tests of apitest_server.internal.sso.session_attr."""

from apitest_server.internal.sso import session_attr


def test_services_of_sessions() -> None:
    """Each has its name, what it does, and the module that it is found in."""
    assert session_attr.Create.name == "zato.sso.session-attr.create"
    assert (
        session_attr.Create.__doc__
        == "Adds attributes of a session, all or none; also ``POST /zato/sso/session/attr``."
    )
    assert (session_attr.Exists.__module__, session_attr.Exists.of_session) == (session_attr.__name__, True)
