"""Tests of apitest_server.internal.sso.user_attr."""

from apitest_server.internal.sso import user_attr


def test_services_of_users() -> None:
    """Each has its name, what it does, and the module that it is found in."""
    assert user_attr.SetExpiry.name == "zato.sso.user-attr.set-expiry"
    assert user_attr.SetExpiry.__doc__ == (
        "Says for how many seconds attributes of a user go on; also ``PATCH /zato/sso/user/attr/expiry``."
    )
    assert (user_attr.GetNames.__module__, user_attr.GetNames.of_session) == (user_attr.__name__, False)
